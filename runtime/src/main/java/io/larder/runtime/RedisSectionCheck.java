package io.larder.runtime;

import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import io.larder.runtime.redis.RedisUri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with the settings of Redis on this machine, without connecting: URIs, files
 * and key stores, and settings that have no effect. For one use. Messages show no credentials.
 */
public final class RedisSectionCheck {

  private final RedisOptions options;
  private final Objections<RedisSetting> objections = new Objections<>(RedisSetting.class);

  private RedisSectionCheck(RedisOptions options) {
    this.options = options;
  }

  /** What is wrong, by setting; empty if nothing is. */
  public static Map<RedisSetting, String> objections(RedisOptions options) {
    RedisSectionCheck check = new RedisSectionCheck(options);
    check.uri();
    check.firstLine(RedisSetting.PASSWORD_FILE, options.passwordFile());
    check.secret();
    check.store(
        RedisSetting.TRUST_STORE,
        options.trustStore(),
        RedisSetting.TRUST_STORE_PASSWORD_FILE,
        options.trustStorePasswordFile());
    check.store(
        RedisSetting.KEY_STORE,
        options.keyStore(),
        RedisSetting.KEY_STORE_PASSWORD_FILE,
        options.keyStorePasswordFile());
    return check.objections.all();
  }

  private void uri() {
    String text = options.uri();
    if (text == null) {
      return; // it may be said by a system property or the environment
    }
    try {
      boolean tls = RedisUri.parse(text).tls();
      if (!tls && options.trustStore() != null) {
        objections.add(RedisSetting.TRUST_STORE, withoutTls(RedisSetting.TRUST_STORE));
      }
      if (!tls && options.keyStore() != null) {
        objections.add(RedisSetting.KEY_STORE, withoutTls(RedisSetting.KEY_STORE));
      }
    } catch (IllegalArgumentException wrong) {
      objections.add(RedisSetting.URI, String.valueOf(wrong.getMessage()));
    }
  }

  private static String withoutTls(RedisSetting setting) {
    return setting.key()
        + " is of use with TLS only, and uri has none: write rediss:// there, or leave "
        + setting.key()
        + " out";
  }

  private void secret() {
    if (firstLine(RedisSetting.SECRET_FILE, options.secretFile()) != null) {
      try {
        var unused = RedisConfiguration.format(options);
      } catch (IllegalArgumentException tooShort) {
        objections.add(
            RedisSetting.SECRET_FILE,
            Objections.quoted(RedisSetting.SECRET_FILE, options.secretFile())
                + ": "
                + tooShort.getMessage());
      }
    }
  }

  /** {@code null} if there is none, or none that can be read, which is an objection then. */
  private @Nullable String firstLine(RedisSetting setting, @Nullable String file) {
    Path path = readable(setting, file);
    if (path == null) {
      return null;
    }
    try {
      String line =
          Files.readString(path, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
      if (!line.isEmpty()) {
        return line;
      }
      objections.add(
          setting, Objections.quoted(setting, file) + " has an empty first line: write it there");
    } catch (IOException unreadable) {
      objections.add(
          setting,
          Objections.quoted(setting, file)
              + " cannot be read as a text in UTF-8, "
              + unreadable.getClass().getName());
    }
    return null;
  }

  private void store(
      RedisSetting setting,
      @Nullable String file,
      RedisSetting passwordSetting,
      @Nullable String passwordFile) {
    String password = firstLine(passwordSetting, passwordFile);
    if (file == null && passwordFile != null) {
      objections.add(
          passwordSetting, passwordSetting.key() + " is of no use without " + setting.key());
    }
    Path path = readable(setting, file);
    if (path == null || (passwordFile != null && password == null)) {
      return;
    }
    try (InputStream in = Files.newInputStream(path)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(in, password == null ? null : password.toCharArray());
      contents(setting, file, store);
    } catch (IOException | GeneralSecurityException unreadable) {
      objections.add(
          setting,
          Objections.quoted(setting, file)
              + " is no key store in PKCS12 or JKS, or "
              + passwordSetting.key()
              + (password == null ? " is missing" : " has another password"));
    }
  }

  private void contents(RedisSetting setting, @Nullable String file, KeyStore store)
      throws GeneralSecurityException {
    boolean keys = false;
    boolean certificates = false;
    for (String alias : Collections.list(store.aliases())) {
      keys |= store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class);
      certificates |= store.isCertificateEntry(alias);
    }
    if (setting == RedisSetting.KEY_STORE && !keys) {
      objections.add(
          setting, Objections.quoted(setting, file) + " has no private key with its certificate");
    }
    if (setting == RedisSetting.TRUST_STORE && !certificates) {
      objections.add(
          setting,
          Objections.quoted(setting, file)
              + " has no trusted certificate; without a password it may show none, see "
              + RedisSetting.TRUST_STORE_PASSWORD_FILE.key());
    }
  }

  /** The path of a file that can be read; {@code null} if there is none, an objection if wrong. */
  private @Nullable Path readable(RedisSetting setting, @Nullable String file) {
    if (file == null) {
      return null;
    }
    Path path = objections.path(setting, file, "a file");
    String what = path == null ? null : whyUnreadable(path);
    if (path == null || what == null) {
      return path;
    }
    String where = path.isAbsolute() ? "" : " (here that is " + path.toAbsolutePath() + ")";
    objections.add(
        setting,
        Objections.quoted(setting, file)
            + what
            + where
            + ": it must be a file that the application can read");
    return null;
  }

  private static @Nullable String whyUnreadable(Path path) {
    if (!Files.exists(path)) {
      return " does not exist";
    }
    if (!Files.isRegularFile(path)) {
      return " is no file";
    }
    return Files.isReadable(path) ? null : Objections.forbidden("read");
  }
}
