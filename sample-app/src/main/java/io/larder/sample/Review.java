package io.larder.sample;

/**
 * What a customer wrote.
 *
 * @param rating from one to five stars
 * @param helpful how many others found it helpful
 */
record Review(String title, int rating, int helpful, String customer, String city) {}
