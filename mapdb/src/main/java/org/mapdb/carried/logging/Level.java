package org.mapdb.carried.logging;

/** How important a message would be that {@link Logger} drops. */
public final class Level {

  /** For those who debug MapDB. */
  public static final Level FINE = new Level();

  /** For anybody. */
  public static final Level INFO = new Level();

  /** Something may be wrong. */
  public static final Level WARNING = new Level();

  /** Something is wrong. */
  public static final Level SEVERE = new Level();

  private Level() {}
}
