package io.larder.runtime;

import io.larder.runtime.codec.AllowedClasses;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.codec.ValueCodecs;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes codecs for results that may hold some classes beside the declared ones. Thread-safe. */
final class ResultCodecs {

  private final AllowedClasses allowed;

  /**
   * With these classes.
   *
   * @param allowed their names
   */
  ResultCodecs(Collection<String> allowed) {
    this.allowed = new AllowedClasses(new LinkedHashSet<>(allowed));
  }

  /** See {@link io.larder.runtime.coordinator.SlowTiers#codecOf}. */
  ValueCodec codecOf(String name, @Nullable ClassLoader loader, Type returned)
      throws NotStorableException {
    return ValueCodecs.of(
        name,
        Objects.requireNonNullElse(loader, ClassLoader.getPlatformClassLoader()),
        returned,
        allowed);
  }
}
