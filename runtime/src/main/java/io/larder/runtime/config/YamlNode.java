package io.larder.runtime.config;

import java.util.List;

/**
 * A value of the file, with its place. Texts stay texts: who asks for a number reads it himself.
 */
sealed interface YamlNode {

  /** Where a value begins, both from 1. */
  record Mark(int line, int column) {}

  /** Where it begins. */
  Mark at();

  /** What it is, for a message: "found a map". */
  String description();

  /** Whether nothing was written where a value is expected. */
  default boolean isNothing() {
    return false;
  }

  /**
   * A word, a number, a text.
   *
   * @param isQuoted whether it stands in quotes
   */
  record Text(Mark at, String value, boolean isQuoted) implements YamlNode {

    private static final int SHOWN = 60;

    @Override
    public boolean isNothing() {
      return !isQuoted && value.isEmpty();
    }

    @Override
    public String description() {
      String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
      return isNothing() ? "nothing" : "the text \"" + shown.replace('\n', ' ') + "\"";
    }
  }

  /** A list. */
  record Items(Mark at, List<YamlNode> items) implements YamlNode {

    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String description() {
      return "a list";
    }
  }

  /** A map; a key may be there twice. */
  record Fields(Mark at, List<Field> fields) implements YamlNode {

    public Fields {
      fields = List.copyOf(fields);
    }

    @Override
    public String description() {
      return "a map";
    }
  }

  /** One key of a map and its value. */
  record Field(Text key, YamlNode value) {}
}
