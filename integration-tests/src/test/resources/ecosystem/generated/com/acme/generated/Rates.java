package com.acme.generated;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Has no implementation until the application runs. */
public interface Rates {

  Optional<BigDecimal> find(String currency);

  List<String> currencies();

  Stream<String> stream();

  void save(String currency, BigDecimal rate);

  default BigDecimal require(String currency) {
    return find(currency).orElseThrow();
  }
}
