package org.mapdb.carried.elsa;

/** Would be told of a class that a file does not describe yet. */
public interface ElsaClassCallback {

  /**
   * Would be called with the first object of a class.
   *
   * @param type the class
   */
  void classMissing(Class<?> type);
}
