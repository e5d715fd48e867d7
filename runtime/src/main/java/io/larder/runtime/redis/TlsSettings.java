package io.larder.runtime.redis;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who to be under TLS; what is {@code null} is as in the JVM. Its text leaves the
 * passwords out.
 *
 * @param trustStore certificates of those who may sign that of a server, PKCS12 or JKS
 * @param trustPassword of that file
 * @param keyStore Larder's own certificate and key, where a server asks for one
 * @param keyPassword of that file and of the key in it
 */
public record TlsSettings(
    @Nullable Path trustStore,
    @Nullable String trustPassword,
    @Nullable Path keyStore,
    @Nullable String keyPassword) {

  /** As the JVM has it. */
  public static final TlsSettings OF_JVM = new TlsSettings(null, null, null, null);

  @Override
  public String toString() {
    return "TlsSettings[trustStore=" + trustStore + ", keyStore=" + keyStore + "]";
  }
}
