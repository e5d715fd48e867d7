package io.larder.runtime.policy;

/** One setting of a section that is not about caches, as people name it and write it. */
public interface SectionSetting {

  /** The name that people write, below the section's in the file. */
  String key();

  /** What holds where nothing is said. */
  String otherwise();

  /**
   * A value without what does not count.
   *
   * @throws IllegalArgumentException if it is not understood or out of range; the message is for
   *     the one who wrote it, and never shows credentials
   */
  String checked(String value);
}
