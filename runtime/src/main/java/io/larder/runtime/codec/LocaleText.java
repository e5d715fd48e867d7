package io.larder.runtime.codec;

import java.util.Locale;
import java.util.TreeSet;

/** A locale as its parts, with nothing left out as in its language tag. */
final class LocaleText {

  private static final String SEPARATOR = "\n";

  private LocaleText() {}

  static String of(Locale locale) {
    StringBuilder text = new StringBuilder(locale.getLanguage());
    text.append(SEPARATOR).append(locale.getCountry());
    text.append(SEPARATOR).append(locale.getVariant());
    text.append(SEPARATOR).append(locale.getScript());
    for (char key : new TreeSet<>(locale.getExtensionKeys())) {
      text.append(SEPARATOR).append(key).append(locale.getExtension(key));
    }
    return text.toString();
  }

  /**
   * The locale again.
   *
   * @throws RuntimeException if the text is none
   */
  static Locale parse(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    if (parts.length == 4 && parts[3].isEmpty()) {
      return new Locale(parts[0], parts[1], parts[2]);
    }
    Locale.Builder builder =
        new Locale.Builder()
            .setLanguage(parts[0])
            .setRegion(parts[1])
            .setVariant(parts[2])
            .setScript(parts[3]);
    for (int i = 4; i < parts.length; i++) {
      builder.setExtension(parts[i].charAt(0), parts[i].substring(1));
    }
    return builder.build();
  }
}
