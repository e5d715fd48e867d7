package org.mapdb.carried.elsa;

/** What MapDB would register with {@link ElsaSerializerPojo}, which asks none of it. */
public final class ElsaSerializerBase {

  private ElsaSerializerBase() {}

  /**
   * Would write an object.
   *
   * @param <A> its kind
   */
  public abstract static class Ser<A> {

    /** For MapDB to extend. */
    protected Ser() {}
  }

  /**
   * Would read an object.
   *
   * @param <A> its kind
   */
  public abstract static class Deser<A> {

    /** For MapDB to extend. */
    protected Deser() {}
  }
}
