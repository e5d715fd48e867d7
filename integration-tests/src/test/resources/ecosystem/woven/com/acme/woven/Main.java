package com.acme.woven;

/** Calls a method that two agents change. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Shop shop = new Shop();
    System.out.println("found=" + shop.find(1) + " " + shop.find(1) + " " + shop.find(2));
    System.out.println("bodies=" + Shop.bodies);
    System.out.println("advised=" + Shop.advised);
    System.out.println("stock=" + shop.stock() + " " + shop.stock());
  }
}
