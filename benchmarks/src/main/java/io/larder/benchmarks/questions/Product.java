package io.larder.benchmarks.questions;

import java.util.List;

/** A result as services have them: some fields, a text, a list; some 400 bytes when stored. */
record Product(long id, String name, String text, int cents, boolean inStock, List<String> labels) {

  private static final String SENTENCE = "A thing that somebody made, packed with care, number ";

  /** That of an id. */
  static Product of(long id) {
    return new Product(
        id,
        "product-" + id,
        (SENTENCE + id + ". ").repeat(5),
        (int) (id * 37 % 10_000),
        id % 3 != 0,
        List.of("label-" + id % 7, "shelf-" + id % 31));
  }
}
