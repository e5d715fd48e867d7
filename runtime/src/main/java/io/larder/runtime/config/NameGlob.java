package io.larder.runtime.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A name in which {@code *} stands for any characters: one segment of a class name, or a method's
 * name.
 *
 * <p>The pieces between the stars are looked for from left to right, and each is taken where it is
 * found first: that is right whenever any choice is, so that nothing is ever tried twice.
 */
final class NameGlob {

  private final String text;

  /** What stands between the stars; one more than there are stars. */
  private final String[] pieces;

  NameGlob(String text) {
    List<String> found = new ArrayList<>();
    int start = 0;
    for (int star = text.indexOf('*'); star >= 0; star = text.indexOf('*', start)) {
      found.add(text.substring(start, star));
      start = star + 1;
    }
    found.add(text.substring(start));
    this.text = text;
    this.pieces = found.toArray(new String[0]);
  }

  boolean isExact() {
    return pieces.length == 1;
  }

  /** What a name must begin with. */
  String prefix() {
    return pieces[0];
  }

  /** What a name must end with. */
  String suffix() {
    return pieces[pieces.length - 1];
  }

  /** Whether the characters of a name from one index to before another match. */
  boolean matches(CharSequence name, int from, int to) {
    String first = pieces[0];
    if (pieces.length == 1) {
      return to - from == first.length() && standsAt(name, from, first);
    }
    String last = pieces[pieces.length - 1];
    int end = to - last.length();
    int at = from + first.length();
    if (at > end || !standsAt(name, from, first) || !standsAt(name, end, last)) {
      return false;
    }
    for (int i = 1; i < pieces.length - 1; i++) {
      String piece = pieces[i];
      while (at + piece.length() <= end && !standsAt(name, at, piece)) {
        at++;
      }
      at += piece.length();
      if (at > end) {
        return false;
      }
    }
    return true;
  }

  /** Whether a piece stands in a name; the index is such that it fits. */
  static boolean standsAt(CharSequence name, int index, String piece) {
    for (int i = 0; i < piece.length(); i++) {
      if (name.charAt(index + i) != piece.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
