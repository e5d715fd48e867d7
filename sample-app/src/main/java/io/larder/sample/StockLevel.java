package io.larder.sample;

/**
 * What a warehouse has of a product.
 *
 * @param transitDays how long a parcel takes from there
 */
record StockLevel(String city, int available, int transitDays) {}
