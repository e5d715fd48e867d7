package io.larder.runtime;

import io.larder.runtime.policy.SectionSetting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the settings of one section on this machine, the first of each. For one
 * thread.
 */
final class Objections<S extends Enum<S> & SectionSetting> {

  private final Map<S, String> all;

  Objections(Class<S> settings) {
    this.all = new EnumMap<>(settings);
  }

  void add(S setting, String objection) {
    all.putIfAbsent(setting, objection);
  }

  /** What was found, by setting. */
  Map<S, String> all() {
    return Collections.unmodifiableMap(all);
  }

  /**
   * The path that a text is; {@code null} if it is none, which is an objection then.
   *
   * @param what it leads to, as in "a file"
   */
  @Nullable Path path(S setting, String text, String what) {
    try {
      return Path.of(text);
    } catch (InvalidPathException wrong) {
      add(setting, setting.key() + " must be the path of " + what + ": \"" + text + "\"");
      return null;
    }
  }

  /** A setting and what it says, as an objection begins. */
  static String quoted(SectionSetting setting, @Nullable String text) {
    return setting.key() + " \"" + text + "\"";
  }

  /**
   * That this user may not do something.
   *
   * @param done as in "read"
   */
  static String forbidden(String done) {
    return " must not be " + done + " by the user " + System.getProperty("user.name");
  }
}
