package io.larder.runtime.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said in a section that is not about caches. Immutable.
 *
 * @param <S> the settings there are
 * @param <O> the options of such a section
 */
public abstract class SectionOptions<
    S extends Enum<S> & SectionSetting, O extends SectionOptions<S, O>> {

  private final Class<S> settings;

  /** What is said, by setting; nothing of what is not said. */
  private final Map<S, String> texts;

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException if one is not allowed; the message names the setting and never
   *     shows credentials
   */
  SectionOptions(Class<S> settings, Map<S, String> texts) {
    this.settings = settings;
    EnumMap<S, String> checked = new EnumMap<>(settings);
    texts.forEach((setting, text) -> checked.put(setting, setting.checked(text)));
    this.texts = Collections.unmodifiableMap(checked);
  }

  /** Options of the same section. */
  abstract O of(Map<S, String> said);

  /** All settings there are. */
  public List<S> settings() {
    return List.of(settings.getEnumConstants());
  }

  /**
   * The same with one more part, or another value for it.
   *
   * @throws IllegalArgumentException if it is not allowed; the message names the setting and never
   *     shows credentials
   */
  public O with(S setting, String text) {
    EnumMap<S, String> more = new EnumMap<>(settings);
    more.putAll(texts);
    more.put(setting, text);
    return of(more);
  }

  final String text(S setting) {
    return texts.getOrDefault(setting, setting.otherwise());
  }

  final @Nullable String textOrNull(S setting) {
    String text = text(setting);
    return text.isEmpty() ? null : text;
  }

  final boolean truth(S setting) {
    return text(setting).equals("true");
  }

  final Duration duration(S setting) {
    return DurationText.parse(setting.key(), text(setting));
  }

  final Duration durationOrZero(S setting) {
    return Objects.requireNonNullElse(
        DurationText.parseOrOff(setting.key(), text(setting)), Duration.ZERO);
  }

  final List<String> classNames(S setting) {
    return ClassNames.parse(text(setting));
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof SectionOptions<?, ?> that
        && settings == that.settings
        && texts.equals(that.texts);
  }

  @Override
  public final int hashCode() {
    return texts.hashCode();
  }

  /** Only which settings there are: some may hold a password. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + texts.keySet();
  }
}
