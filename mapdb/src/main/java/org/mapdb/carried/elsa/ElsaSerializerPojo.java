package org.mapdb.carried.elsa;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.InvalidObjectException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
   * One that would know some classes.
   *
   * @param nullByte ignored
   * @param singletons ignored
   * @param serializers ignored
   * @param headers ignored
   * @param deserializers ignored
   * @param missing ignored
   * @param known ignored
   */
  public ElsaSerializerPojo(
      int nullByte,
      Object @Nullable [] singletons,
      @Nullable Map<?, ?> serializers,
      @Nullable Map<?, ?> headers,
      @Nullable Map<?, ?> deserializers,
      @Nullable ElsaClassCallback missing,
      @Nullable ElsaClassInfoResolver known) {}

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

  /**
   * Refuses to describe a class in the file.
   *
   * @param out where to
   * @param type which
   * @throws InvalidObjectException always
   */
  public void classInfoSerialize(DataOutput out, ClassInfo type) throws InvalidObjectException {
    throw new InvalidObjectException(REFUSED);
  }

  /**
   * Refuses to read which class a file describes.
   *
   * @param in where from
   * @return nothing
   * @throws InvalidObjectException always
   */
  public ClassInfo classInfoDeserialize(DataInput in) throws InvalidObjectException {
    throw new InvalidObjectException(REFUSED);
  }

  /**
   * Refuses to describe a class.
   *
   * @param className which
   * @return nothing
   * @throws IllegalArgumentException always
   */
  public ClassInfo makeClassInfo(String className) {
    throw new IllegalArgumentException(REFUSED);
  }

  /** The description of a class, of which there is none. */
  public static final class ClassInfo {

    /** The name of the class. */
    public final String name;

    ClassInfo(String name) {
      this.name = name;
    }
  }
}
