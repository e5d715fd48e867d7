package io.larder.runtime.management;

import static io.larder.runtime.management.AttributeDefinition.count;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheHandle;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.TierFigures;
import io.larder.runtime.policy.PolicySetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The MBean of what one cache keeps in a tier behind memory, whichever that is. Holds the cache
 * weakly, as {@link CacheMBean}.
 */
final class TierMBean {

  private static final Logger logger = Log.logger(TierMBean.class);

  private final CacheHandle handle;
  private final ShownBackend backend;

  private TierMBean(CacheHandle handle, ShownBackend backend) {
    this.handle = handle;
    this.backend = backend;
  }

  /** What is read at one moment. */
  private record Snapshot<T extends ShownBackend.TierReading>(
      boolean enabled, T tier, long promotions, long promotionDrops, long sharedLookups) {

    BackendState state() {
      BackendState state = tier.state();
      return enabled ? state : new ShownState(Health.OFF, state.reason(), state.sinceMillis());
    }

    TierFigures figures() {
      return tier.figures();
    }
  }

  static TableMBean<?> of(CacheHandle handle, ShownBackend backend, boolean writable) {
    return new TierMBean(handle, backend).bean(backend.tierOf(handle.name()), writable);
  }

  private <T extends ShownBackend.TierReading> TableMBean<?> bean(
      ShownBackend.Shown<T> shown, boolean writable) {
    return new TableMBean<>(
        "What cache \"" + handle.name() + "\" of Larder keeps " + backend.place(),
        () -> snapshot(shown.readings()),
        attributes(shown.attributes()),
        operations(),
        writable);
  }

  private <T extends ShownBackend.TierReading> @Nullable Snapshot<T> snapshot(
      Supplier<T> readings) {
    Cache cache = handle.get();
    return cache == null
        ? null
        : new Snapshot<>(
            cache.slowTiers() != null && cache.policy().sharing().tiers().contains(backend.name()),
            readings.get(),
            cache.counters().promotions.sum(),
            cache.memory().promotedEvictions(),
            cache.counters().sharedLookups.sum());
  }

  private <T extends ShownBackend.TierReading> List<AttributeDefinition<Snapshot<T>>> attributes(
      List<AttributeDefinition<T>> own) {
    List<AttributeDefinition<Snapshot<T>>> all = new ArrayList<>();
    TierAttributes.state(
            "UP; DEGRADED: some of it works, see LastError; DOWN: calls go on without; OFF: nothing"
                + " of this cache is kept there",
            "What is wrong now, or why a result could not be stored or read the last time, without"
                + " keys or values")
        .forEach(each -> all.add(each.of(Snapshot::state)));
    all.add(
        AttributeDefinition.setting(
            "Enabled",
            SimpleType.BOOLEAN,
            "true",
            "Whether results of this cache are kept "
                + backend.place()
                + ". Takes effect at once; the same as its setting tiers",
            Snapshot::enabled,
            value -> setEnabled((Boolean) value)));
    figures().forEach(each -> all.add(each.of(Snapshot::figures)));
    own.forEach(each -> all.add(each.of(Snapshot::tier)));
    all.add(
        count(
            "PromotionCount",
            "Results that were found behind memory and offered to it",
            Snapshot::promotions));
    all.add(
        count(
            "PromotionDropCount",
            "Of these, those that memory dropped again for its bounds: its admission turned them"
                + " away, or others were asked for more",
            Snapshot::promotionDrops));
    all.add(
        count(
            "SharedLookupCount",
            "Calls that got what another thread of this JVM found; they are among CoalescedCount",
            Snapshot::sharedLookups));
    TierAttributes.latencies().forEach(each -> all.add(each.of(Snapshot::figures)));
    TierAttributes.writeBehind()
        .forEach(each -> all.add(each.of(reading -> reading.tier.behind())));
    return all;
  }

  private List<AttributeDefinition<TierFigures>> figures() {
    List<AttributeDefinition<TierFigures>> all = new ArrayList<>();
    all.add(count("HitCount", "Looks that found a result", TierFigures::hits));
    all.add(count("MissCount", "Looks that did not", TierFigures::missCount));
    for (Enum<?> reason : backend.missReasons()) {
      all.add(
          count(
              "Miss" + camelCase(reason) + "Count",
              "Of the misses those because of: " + reason,
              figures -> figures.misses().getOrDefault(reason, 0L)));
    }
    all.add(count("PutCount", "Results that were stored", TierFigures::puts));
    all.add(
        count(
            "RefusedPutCount",
            "Results not stored, because something they depend on was invalidated meanwhile",
            TierFigures::refusedPuts));
    all.add(
        count(
            "ErrorCount",
            "Results that " + backend.title() + " did not take",
            TierFigures::failedPuts));
    all.add(
        count(
            "NotStorableCount",
            "Results that have no bytes; LastError says why",
            TierFigures::notStorable));
    all.add(
        count(
            "InvalidationCount",
            "Invalidations of this cache that this JVM passed on",
            TierFigures::invalidations));
    return all;
  }

  private static String camelCase(Enum<?> reason) {
    String name = reason.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private List<OperationDefinition> operations() {
    return List.of(
        new OperationDefinition(
            "clear",
            "Forgets all results of this cache in all tiers, here and in all JVMs that share it",
            List.of(
                new OperationDefinition.Parameter(
                    "dryRun",
                    SimpleType.BOOLEAN,
                    "true: only say what would be done; false: do it")),
            /* changes= */ true,
            arguments -> clear((Boolean) arguments[0])));
  }

  private void setEnabled(boolean enabled) {
    handle.override(
        PolicySetting.TIERS,
        String.join(", ", handle.layers().policy().sharing().tiersWith(backend.name(), enabled)));
    logger.info(
        "Cache \"{}\": tier {} switched {} through JMX.",
        handle.name(),
        backend.name(),
        enabled ? "on" : "off");
  }

  private String clear(boolean dryRun) {
    Cache cache = handle.get();
    if (cache == null) {
      return "The cache is gone: its classes were unloaded.";
    }
    if (dryRun) {
      return "Would forget all results of this cache in all tiers, here and in all JVMs that share"
          + " it.";
    }
    long removed = cache.invalidateAll();
    logger.info("Cache \"{}\": cleared in all tiers through JMX.", cache.name());
    return "Forgot all results of this cache in all tiers, here and in all JVMs that share it; "
        + removed
        + " of them were in this memory.";
  }
}
