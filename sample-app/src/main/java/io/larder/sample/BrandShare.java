package io.larder.sample;

/**
 * How a brand stands in a department.
 *
 * @param fromCents the list price of its cheapest product there
 */
record BrandShare(String brand, int products, int fromCents) {}
