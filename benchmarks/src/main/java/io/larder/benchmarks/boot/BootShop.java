package io.larder.benchmarks.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application: a product page over three services. */
@SpringBootApplication
public class BootShop {

  /** Starts it. */
  public static void main(String[] args) {
    SpringApplication.run(BootShop.class, args);
  }
}
