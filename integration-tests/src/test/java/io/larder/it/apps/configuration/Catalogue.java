package io.larder.it.apps.configuration;

/** An interface whose implementations a rule may mean. */
interface Catalogue {

  String title(long product, String language);

  /** Kept by those that do not have their own. */
  default String author(long product) {
    Shop.body("author");
    return "author of " + product;
  }
}
