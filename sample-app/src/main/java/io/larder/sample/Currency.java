package io.larder.sample;

/** The currencies the shop takes. */
public enum Currency {
  EUR,
  USD,
  GBP
}
