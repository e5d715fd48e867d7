package io.larder.runtime.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/** One part of a {@link CachePolicy}, as people name it and write it. */
public enum PolicySetting {
  /** How long a result is served. */
  TTL("ttl") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withTtl(DurationText.parseOrOff(key(), value));
    }

    @Override
    public String read(CachePolicy policy) {
      return DurationText.format(policy.ttl());
    }
  },

  /** How many results are kept. */
  MAXIMUM_ENTRIES("maximumEntries") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withMaximumEntries(wholeNumber(value));
    }

    @Override
    public String read(CachePolicy policy) {
      return Long.toString(policy.maximumEntries());
    }
  },

  /** How much memory they may take. */
  MAXIMUM_BYTES("maximumBytes") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withMaximumBytes(SizeText.parseOrOff(key(), value));
    }

    @Override
    public String read(CachePolicy policy) {
      return SizeText.format(policy.maximumBytes());
    }
  },

  /** How long a caller waits for another thread's run of the same call. */
  WAIT_AT_MOST("waitAtMost") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withWaitAtMost(DurationText.parse(key(), value));
    }

    @Override
    public String read(CachePolicy policy) {
      return DurationText.format(policy.waitAtMost());
    }
  },

  /** How old a result is when it is loaded anew in the background. */
  REFRESH_AFTER("refreshAfter") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withRefreshAfter(DurationText.parseOrOff(key(), value));
    }

    @Override
    public String read(CachePolicy policy) {
      return DurationText.format(policy.refreshAfter());
    }
  },

  /** Which tiers hold results, fast to slow. */
  TIERS("tiers") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withSharing(policy.sharing().withTiers(Sharing.parseTiers(value)));
    }

    @Override
    public String read(CachePolicy policy) {
      return String.join(", ", policy.sharing().tiers());
    }
  },

  /** How results become bytes. */
  CODEC("codec") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withSharing(policy.sharing().withCodec(value.strip().toLowerCase(Locale.ROOT)));
    }

    @Override
    public String read(CachePolicy policy) {
      return policy.sharing().codec();
    }
  },

  /** Tells results apart whose meaning changed. */
  VERSION("version") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withSharing(policy.sharing().withVersion(value.strip()));
    }

    @Override
    public String read(CachePolicy policy) {
      return policy.sharing().version();
    }
  },

  /** Whether one JVM loads what several miss at the same time. */
  LOAD_ONCE("loadOnce") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      return policy.withSharing(
          policy
              .sharing()
              .withLoadOnce(Boolean.parseBoolean(new SettingText(key(), value).truth())));
    }

    @Override
    public String read(CachePolicy policy) {
      return Boolean.toString(policy.sharing().loadOnce());
    }
  },

  /** Whether the caller waits until slower tiers have a result. */
  WRITE("write") {
    @Override
    public CachePolicy apply(CachePolicy policy, String value) {
      String text = value.strip();
      if (!text.equalsIgnoreCase("behind") && !text.equalsIgnoreCase("through")) {
        throw new IllegalArgumentException("write must be behind or through: \"" + value + "\"");
      }
      return policy.withSharing(policy.sharing().withWriteBehind(text.equalsIgnoreCase("behind")));
    }

    @Override
    public String read(CachePolicy policy) {
      return policy.sharing().writeBehind() ? "behind" : "through";
    }
  };

  /** Digits, with underscores between them as in Java. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d([\\d_]*\\d)?");

  private final String key;

  PolicySetting(String key) {
    this.key = key;
  }

  /** The name that people write: an attribute of the annotation, a key of the file. */
  public String key() {
    return key;
  }

  /**
   * The policy with this part set.
   *
   * @param value as people write it
   * @throws IllegalArgumentException if it is not understood or out of range; the message is for
   *     the one who wrote it
   */
  public abstract CachePolicy apply(CachePolicy policy, String value);

  /** This part of a policy, in the one form that {@link #apply} reads back as the same. */
  public abstract String read(CachePolicy policy);

  /** Whether a line about a policy names it even where it has its default. */
  boolean isAlwaysShown() {
    return compareTo(WAIT_AT_MOST) <= 0;
  }

  private static long wholeNumber(String text) {
    if (!WHOLE_NUMBER.matcher(text.strip()).matches()) {
      throw new IllegalArgumentException(
          "maximumEntries must be a whole number, or 0 for no limit: \"" + text + "\"");
    }
    try {
      return Long.parseLong(text.strip().replace("_", ""));
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException(
          "maximumEntries must be at most " + Long.MAX_VALUE + ": \"" + text + "\"", tooLarge);
    }
  }
}
