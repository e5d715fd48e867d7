package io.larder.sample;

/** Where the shop delivers to. */
public enum Region {
  NORTH,
  EAST,
  SOUTH,
  WEST
}
