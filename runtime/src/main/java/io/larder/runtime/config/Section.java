package io.larder.runtime.config;

import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.SectionOptions;
import io.larder.runtime.policy.SectionSetting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map of the file whose keys are settings; and how their values are read. */
final class Section {

  private final Problems problems;
  private final Map<Setting, YamlNode.Field> values = new EnumMap<>(Setting.class);

  private Section(Problems problems) {
    this.problems = problems;
  }

  /**
   * Sorts the keys of a map; those that cannot stand there are problems.
   *
   * @param name what the map is called in the file; empty for the file itself
   */
  static Section read(YamlNode node, String name, Place place, Problems problems) {
    Section section = new Section(problems);
    if (node instanceof YamlNode.Fields map) {
      for (YamlNode.Field field : map.fields()) {
        section.add(field, place);
      }
    } else if (!node.isNothing()) {
      problems.add(
          node.at(),
          (name.isEmpty() ? "the file" : name)
              + " must be a map of settings: found "
              + node.description()
              + hint(node));
    }
    return section;
  }

  /** {@code ttl:5m} is a text. */
  static String hint(YamlNode node) {
    boolean hasColon = node instanceof YamlNode.Text text && text.value().indexOf(':') >= 0;
    return hasColon ? "; a colon needs a space behind it" : "";
  }

  private void add(YamlNode.Field field, Place place) {
    String key = field.key().value();
    Setting setting = Setting.find(key, place);
    if (setting == null) {
      problems.add(field.key().at(), unknown(key, place));
      return;
    }
    YamlNode.Field first = values.putIfAbsent(setting, field);
    if (first != null) {
      int line = first.key().at().line();
      problems.add(
          field.key().at(), "duplicate setting \"" + key + "\": the first is on line " + line);
    }
  }

  private static String unknown(String key, Place place) {
    List<String> known = Setting.in(place).stream().map(Setting::key).toList();
    List<String> elsewhere = new ArrayList<>();
    for (Place other : Place.values()) {
      if (Setting.find(key, other) != null) {
        elsewhere.add(other == Place.FILE ? "the " + other.word() : other.word());
      }
    }
    return elsewhere.isEmpty()
        ? "unknown setting \"" + key + "\"" + Spelling.hint(key, known)
        : "\""
            + key
            + "\" cannot stand here; its place is "
            + String.join(" or ", elsewhere)
            + ". Known here: "
            + String.join(", ", known);
  }

  /** The value as it stands; {@code null} if there is none. */
  @Nullable YamlNode get(Setting setting) {
    YamlNode.Field field = values.get(setting);
    return field == null ? null : field.value();
  }

  /**
   * A value that is one text, read by a function whose {@link IllegalArgumentException} is a
   * problem; {@code null} if there is none or it is wrong.
   */
  <T> @Nullable T value(Setting setting, Function<String, @Nullable T> reader) {
    YamlNode node = get(setting);
    if (node == null) {
      return null;
    }
    if (!(node instanceof YamlNode.Text text) || node.isNothing()) {
      mustBe(setting, node);
      return null;
    }
    return attempt(text, reader);
  }

  /** Says that a value is of another kind than it must be. */
  void mustBe(Setting setting, YamlNode found) {
    problems.add(
        found.at(),
        setting.key() + " must be " + setting.type() + ": found " + found.description());
  }

  /** Says that one of a list is of another kind than it must be. */
  void mustHold(Setting setting, YamlNode found) {
    problems.add(
        found.at(),
        setting.key()
            + " must be "
            + setting.type()
            + ": found "
            + (found.isNothing() ? "an empty item" : found.description())
            + " in it");
  }

  /** A text, read as in {@link #value}. */
  <T> @Nullable T attempt(YamlNode.Text text, Function<String, @Nullable T> reader) {
    try {
      return reader.apply(text.value());
    } catch (IllegalArgumentException notUnderstood) {
      problems.add(text.at(), String.valueOf(notUnderstood.getMessage()));
      return null;
    }
  }

  /** A value that is one of the setting's choices, however its letters are written. */
  @Nullable String choice(Setting setting) {
    return value(
        setting,
        text -> {
          for (String choice : setting.choices()) {
            if (choice.equalsIgnoreCase(text.strip())) {
              return choice;
            }
          }
          throw new IllegalArgumentException(
              setting.key() + " must be " + setting.type() + ": \"" + text + "\"");
        });
  }

  @Nullable Boolean truth(Setting setting) {
    return value(
        setting,
        text -> {
          boolean isTrue = text.strip().equalsIgnoreCase("true");
          if (!isTrue && !text.strip().equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(
                setting.key() + " must be " + setting.type() + ": \"" + text + "\"");
          }
          return isTrue;
        });
  }

  /** As {@link #value}, where a list stands for its elements with commas in between. */
  private <T> @Nullable T joined(Setting setting, Function<String, @Nullable T> reader) {
    return get(setting) instanceof YamlNode.Items list && setting.isListOfWords()
        ? attempt(
            new YamlNode.Text(
                list.at(),
                String.join(
                    ", ", Objects.requireNonNullElse(list(setting, text -> text), List.of())),
                /* isQuoted= */ false),
            reader)
        : value(setting, reader);
  }

  /**
   * What the map says where options are said, and what is wrong with that.
   *
   * @param none what holds where nothing is said
   * @param objections finds what is wrong beyond how it is written, by setting
   */
  <S extends Enum<S> & SectionSetting, O extends SectionOptions<S, O>> O options(
      O none, Place place, Function<O, Map<S, String>> objections) {
    List<S> settings = none.settings();
    O options =
        collected(none, setting -> setting.among(settings, place), SectionOptions<S, O>::with);
    Map<S, String> found = objections.apply(options);
    values.forEach(
        (setting, field) -> {
          String objection = found.get(setting.among(settings, place));
          if (objection != null) {
            problems.add(field.value().at(), objection);
          }
        });
    return options;
  }

  /** What the map says of a policy. */
  PolicySettings policy() {
    return collected(PolicySettings.NONE, Setting::policySetting, PolicySettings::with);
  }

  /** Takes over a value. */
  private interface Taking<T, P> {
    T with(T before, P part, String text);
  }

  /**
   * What the map says of some thing.
   *
   * @param partOf which part of it a setting is; {@code null} if none
   */
  private <T, P> T collected(T none, Function<Setting, @Nullable P> partOf, Taking<T, P> taking) {
    T all = none;
    for (Setting setting : values.keySet()) {
      P part = partOf.apply(setting);
      if (part != null) {
        T before = all;
        T with = joined(setting, text -> taking.with(before, part, text));
        all = with == null ? all : with;
      }
    }
    return all;
  }

  /** A list of values, or one alone; {@code null} if the setting is not there. */
  @Nullable List<YamlNode> items(Setting setting) {
    YamlNode node = get(setting);
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Items list) {
      return list.items();
    }
    if (node instanceof YamlNode.Fields) {
      mustBe(setting, node);
      return List.of();
    }
    return node.isNothing() ? List.of() : List.of(node);
  }

  /** A list of texts, each read as in {@link #value}; without those that are wrong. */
  <T> @Nullable List<T> list(Setting setting, Function<String, @Nullable T> reader) {
    List<YamlNode> items = items(setting);
    if (items == null) {
      return null;
    }
    List<T> list = new ArrayList<>();
    for (YamlNode item : items) {
      if (!(item instanceof YamlNode.Text text) || item.isNothing()) {
        mustHold(setting, item);
      } else {
        T read = attempt(text, reader);
        if (read != null) {
          list.add(read);
        }
      }
    }
    return list;
  }
}
