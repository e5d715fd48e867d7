package com.acme.plain;

/** What the application asks for by injection. */
public interface Catalogue {
  String name(long product);
}
