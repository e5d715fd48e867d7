package io.larder.runtime.config;

/** Where a setting may stand. */
enum Place {
  FILE("top level"),
  DISK("disk"),
  REDIS("redis"),
  DEFAULTS("defaults"),
  CACHE("a cache"),
  METHOD("methods"),
  INVALIDATION("invalidatedBy"),
  PUT("putBy");

  private final String word;

  Place(String word) {
    this.word = word;
  }

  /** As the user's page calls it. */
  String word() {
    return word;
  }
}
