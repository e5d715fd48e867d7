package io.larder.sample;

import java.util.List;

/**
 * What all customers think of a product together.
 *
 * @param stars how many gave one to five stars, in this order
 * @param mean the mean number of stars in tenths; 0 without reviews
 * @param cities in how many cities they live
 */
record Rating(List<Integer> stars, int count, int mean, int cities) {

  Rating {
    stars = List.copyOf(stars);
  }
}
