package io.larder.runtime.shared;

import io.larder.runtime.codec.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How results of one method are shared. Immutable; as it holds the codec it belongs to the
 * application's class loader.
 *
 * @param cache whose entries they are
 * @param codec of the results
 * @param version what the results mean; another version never sees them
 * @param ttl their time to live; {@code null} for as long as a shared entry may live
 */
public record SharedMethod(String cache, ValueCodec codec, String version, @Nullable Duration ttl) {

  /** What an entry is called among those of its key: each shape and version has its own. */
  byte[] field() {
    HexFormat hex = HexFormat.of();
    return ("v" + hex.toHexDigits(codec.id()) + hex.toHexDigits(codec.fingerprint()) + version)
        .getBytes(StandardCharsets.UTF_8);
  }
}
