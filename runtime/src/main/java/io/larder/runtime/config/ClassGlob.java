package io.larder.runtime.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A class name in which {@code *} stands for any characters but a dot, and {@code ..} for any
 * number of packages, also none.
 *
 * <p>Each class that is loaded is compared with each pattern, so what a name must begin and end
 * with is compared first, and nothing is allocated. Between that, the groups of segments that
 * {@code ..} separates are looked for from left to right, as in {@link NameGlob}.
 */
final class ClassGlob {

  private final String text;
  private final String prefix;
  private final String suffix;

  /** Groups of neighbouring segments; only the first may be empty, when the text begins so. */
  private final NameGlob[][] groups;

  /** Takes a text whose syntax was checked: no dot at its end, nor three in a row. */
  ClassGlob(String text) {
    List<NameGlob[]> found = new ArrayList<>();
    int start = 0;
    for (int gap = text.indexOf(".."); gap >= 0; gap = text.indexOf("..", start)) {
      found.add(segments(text.substring(start, gap)));
      start = gap + 2;
    }
    found.add(segments(text.substring(start)));
    this.text = text;
    this.groups = found.toArray(new NameGlob[0][]);
    this.prefix = prefix(text);
    NameGlob[] last = groups[groups.length - 1];
    this.suffix = last[last.length - 1].suffix();
  }

  private static NameGlob[] segments(String group) {
    List<NameGlob> segments = new ArrayList<>();
    int start = 0;
    while (start < group.length()) {
      int dot = group.indexOf('.', start);
      int end = dot < 0 ? group.length() : dot;
      segments.add(new NameGlob(group.substring(start, end)));
      start = end + 1;
    }
    return segments.toArray(new NameGlob[0]);
  }

  private static String prefix(String text) {
    int star = text.indexOf('*');
    int gap = text.indexOf("..");
    if (gap == 0) {
      return "";
    }
    int end = star < 0 ? text.length() : star;
    return text.substring(0, gap < 0 ? end : Math.min(end, gap + 1));
  }

  /** Whether exactly one class has this name. */
  boolean isExact() {
    return groups.length == 1 && text.indexOf('*') < 0;
  }

  boolean matches(CharSequence name) {
    int length = name.length();
    if (length < prefix.length()
        || length < suffix.length()
        || !NameGlob.standsAt(name, 0, prefix)
        || !NameGlob.standsAt(name, length - suffix.length(), suffix)) {
      return false;
    }
    int at = behind(groups[0], name, 0);
    if (groups.length == 1) {
      return at == length + 1;
    }
    NameGlob[] last = groups[groups.length - 1];
    int lastAt = startOfLast(last.length, name);
    if (at < 0 || at > lastAt || behind(last, name, lastAt) < 0) {
      return false;
    }
    for (int i = 1; i < groups.length - 1; i++) {
      int next = behind(groups[i], name, at);
      while (next < 0 && at < lastAt) {
        at = endOfSegment(name, at) + 1;
        next = behind(groups[i], name, at);
      }
      if (next < 0 || next > lastAt) {
        return false;
      }
      at = next;
    }
    return true;
  }

  /**
   * Where the segment behind a group begins, if the group matches the segments from an index on:
   * one more than the length when there is none. -1 if it does not match.
   */
  private static int behind(NameGlob[] group, CharSequence name, int from) {
    int at = from;
    for (NameGlob segment : group) {
      if (at > name.length()) {
        return -1;
      }
      int end = endOfSegment(name, at);
      if (!segment.matches(name, at, end)) {
        return -1;
      }
      at = end + 1;
    }
    return at;
  }

  private static int endOfSegment(CharSequence name, int from) {
    int at = from;
    while (at < name.length() && name.charAt(at) != '.') {
      at++;
    }
    return at;
  }

  /** Where the last segments of a name begin; -1 if there are fewer. */
  private static int startOfLast(int count, CharSequence name) {
    int missing = count;
    for (int at = name.length() - 1; at >= 0; at--) {
      if (name.charAt(at) == '.' && --missing == 0) {
        return at + 1;
      }
    }
    return missing == 1 ? 0 : -1;
  }

  @Override
  public String toString() {
    return text;
  }
}
