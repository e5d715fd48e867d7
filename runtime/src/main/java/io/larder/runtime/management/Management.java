package io.larder.runtime.management;

import io.larder.runtime.coordinator.CacheRegistry;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Registers the MBeans. */
public final class Management {
  public static final long FIRST_DELAY_MILLIS = 1_000;

  public Management(
      CacheRegistry registry,
      IntSupplier wovenMethods,
      Supplier<List<String>> rejectedMethods,
      String mode) {}

  public long attempt() {
    return 0;
  }

  public void created(CacheRegistry.Handle handle) {}

  public void collected(CacheRegistry.Handle handle) {}
}
