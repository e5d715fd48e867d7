package com.acme.plain;

import org.springframework.stereotype.Service;

/** A service bean without an annotation of Larder. */
@Service
class DatabaseCatalogue implements Catalogue {

  @Override
  public String name(long product) {
    return "product " + product;
  }
}
