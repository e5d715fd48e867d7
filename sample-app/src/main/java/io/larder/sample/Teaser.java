package io.larder.sample;

/**
 * A line that leads to another product.
 *
 * @param weight why it stands there: how often it was bought, or its stars in tenths
 */
record Teaser(long productId, String name, int weight) {}
