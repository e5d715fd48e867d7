package io.larder.benchmarks.boot;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page of a product. */
@RestController
public class ProductPage {

  private final Products products;
  private final Prices prices;
  private final Stock stock;

  ProductPage(Products products, Prices prices, Stock stock) {
    this.products = products;
    this.prices = prices;
    this.stock = stock;
  }

  /** Name, price and stock in one line. */
  @GetMapping("/products/{id}")
  public String page(@PathVariable long id) {
    return "%s, %s EUR, %d in stock"
        .formatted(products.name(id), prices.price(id, "EUR"), stock.pieces(id));
  }
}
