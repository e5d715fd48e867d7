package org.mapdb.carried.guava.collect;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Iterators one after the other, for which MapDB asks Guava. */
public final class Iterators {

  private Iterators() {}

  /**
   * The elements of some iterators, one after the other. Each is asked for when the one before has
   * no more.
   *
   * @param inputs the iterators
   * @return an iterator that removes through the one which gave the last element
   * @param <T> the kind of elements
   */
  public static <T> Iterator<T> concat(Iterator<? extends Iterator<? extends T>> inputs) {
    return new Iterator<>() {
      private Iterator<? extends T> current = Collections.emptyIterator();
      private Iterator<? extends T> ofLast = current;

      @Override
      public boolean hasNext() {
        while (!current.hasNext() && inputs.hasNext()) {
          current = inputs.next();
        }
        return current.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        ofLast = current;
        return current.next();
      }

      @Override
      public void remove() {
        ofLast.remove();
      }
    };
  }
}
