package org.mapdb.carried.elsa;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.InvalidObjectException;

/**
 * Refuses what MapDB's own serialization would do: to write objects of any class, and to make
 * objects of whatever class a file names. Larder stores bytes only, and files can be damaged.
 */
@SuppressWarnings("DoNotCallSuggester") // MapDB's code does call
public final class ElsaSerializerPojo {

  private static final String REFUSED = "only bytes are stored";

  /** One that knows no classes. */
  public ElsaSerializerPojo() {}

  /**
   * Refuses to write an object.
   *
   * @param out where to
   * @param object what
   * @throws InvalidObjectException always
   */
  public void serialize(DataOutput out, Object object) throws InvalidObjectException {
    throw new InvalidObjectException(REFUSED);
  }

  /**
   * Refuses to read an object.
   *
   * @param in where from
   * @return nothing
   * @throws InvalidObjectException always
   */
  public Object deserialize(DataInput in) throws InvalidObjectException {
    throw new InvalidObjectException(REFUSED);
  }
}
