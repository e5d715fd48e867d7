package io.larder.it.apps.configuration;

/** Calls its own private method. */
final class SqlCatalogue implements Catalogue {

  @Override
  public String title(long product, String language) {
    Shop.body("title");
    return product + " in " + language;
  }

  String page(long product) {
    return "page of " + row(product);
  }

  private String row(long product) {
    Shop.body("page");
    return "row " + product;
  }
}
