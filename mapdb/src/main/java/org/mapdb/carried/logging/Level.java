package org.mapdb.carried.logging;

/** How important a message would be that {@link Logger} drops. */
public final class Level {

  /** Something may be wrong. */
  public static final Level WARNING = new Level();

  private Level() {}
}
