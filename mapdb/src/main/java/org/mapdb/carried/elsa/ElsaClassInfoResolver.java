package org.mapdb.carried.elsa;

/** Would say which classes a file describes. */
public interface ElsaClassInfoResolver {

  /**
   * The description of a number.
   *
   * @param number which
   * @return the description
   */
  ElsaSerializerPojo.ClassInfo getClassInfo(int number);

  /**
   * The number of a class.
   *
   * @param className which
   * @return the number
   */
  int classToId(String className);
}
