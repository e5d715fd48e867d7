package io.larder.sample.data;

/**
 * How much is made up.
 *
 * @param products how many products, numbered from 0
 * @param reviewsPerProduct the mean number of reviews of a product
 * @param priceDays for how many days each product has a price
 * @param warehouses how many warehouses hold stock of each product
 * @param customers how many people there are to write reviews
 * @param orders how many orders customers have placed
 */
public record CatalogueSize(
    int products, int reviewsPerProduct, int priceDays, int warehouses, int customers, int orders) {

  /** The shop of the demo: one product for each key of the recorded requests. */
  public static final CatalogueSize FULL =
      new CatalogueSize(
          /* products= */ 13_756,
          /* reviewsPerProduct= */ 70,
          /* priceDays= */ 60,
          /* warehouses= */ 24,
          /* customers= */ 20_000,
          /* orders= */ 150_000);

  /** The same products with little of each: made in seconds. */
  public static final CatalogueSize SPARSE =
      new CatalogueSize(
          FULL.products(),
          /* reviewsPerProduct= */ 2,
          /* priceDays= */ 35,
          /* warehouses= */ 4,
          /* customers= */ 100,
          /* orders= */ 400);

  /** Checks that there is something of everything. */
  public CatalogueSize {
    for (int count :
        new int[] {products, reviewsPerProduct, priceDays, warehouses, customers, orders}) {
      if (count < 1) {
        throw new IllegalArgumentException(
            "a catalogue needs at least one of everything, not " + count);
      }
    }
  }
}
