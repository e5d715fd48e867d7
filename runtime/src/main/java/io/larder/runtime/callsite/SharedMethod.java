package io.larder.runtime.callsite;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.PendingKey;
import io.larder.runtime.codec.SharedKey;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.MethodSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** How the calls of one method are known in slower tiers, or why they are not. Thread-safe. */
final class SharedMethod {

  private static final String OF_INSTANCES =
      "more than one instance of its class was seen; say instances: INTERCHANGEABLE if they all"
          + " answer alike";

  private final MethodHandles.Lookup owner;
  private final MethodSpec spec;
  private final List<@Nullable MethodHandle> properties;

  /** What was found out last. Written under this. */
  private volatile @Nullable Finding finding;

  /**
   * How results become bytes, and with it what identifies calls.
   *
   * @param prefix what all identities begin with: method, meaning and shape of what is stored
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Results(ValueCodec codec, byte[] prefix) {}

  /**
   * The codec of the results as long as a policy holds, made by a thread of Larder's: it takes as
   * long as hundreds of classes take to load, the first time.
   */
  private final class Making implements Runnable {

    private final Cache cache;
    private final SlowTiers tiers;
    private final CachePolicy policy;
    private final MethodType declared;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Results made;

    Making(Cache cache, SlowTiers tiers, CachePolicy policy, MethodType declared) {
      this.cache = cache;
      this.tiers = tiers;
      this.policy = policy;
      this.declared = declared;
    }

    @Override
    public void run() {
      try {
        made = results(tiers, policy, declared);
      } catch (NotStorableException foreign) {
        ended(foreign.getMessage());
      } catch (RuntimeException | LinkageError unreadable) { // a class is missing, or a bug of ours
        ended(unreadable(unreadable));
      } finally {
        if (made == null) {
          failed();
        }
        done.countDown();
      }
    }

    private void ended(@Nullable String whyLocal) {
      String why = String.valueOf(whyLocal);
      if (replace(this, new Finding(policy, /* keys= */ null, /* making= */ null, why))) {
        tiers.keptLocal(cache.name(), why);
      }
    }

    /** As there was no memory, or no stack: the next call tries again. */
    private void failed() {
      boolean unused = replace(this, /* by= */ null);
    }

    private SharedKey keyOf(String receiver, KeyCodec keys, @Nullable Object[] arguments)
        throws NotStorableException {
      byte[] encoded = keys.encode(arguments);
      KeyHash group = KeyCodec.group(arguments);
      byte[] ofReceiver = receiver.getBytes(StandardCharsets.UTF_8);
      Results ready = made;
      if (ready != null) {
        return whole(ready, group, encoded, ofReceiver);
      }
      return new PendingKey(
          group,
          hash(new byte[0], encoded, ofReceiver),
          done,
          () -> {
            Results results = made;
            return results == null ? null : whole(results, group, encoded, ofReceiver);
          });
    }

    private TierKey whole(Results results, KeyHash group, byte[] encoded, byte[] ofReceiver) {
      Duration ttl = policy.ttl();
      return new TierKey(
          cache.name(),
          group,
          hash(results.prefix, encoded, ofReceiver),
          results.codec,
          ttl == null ? 0 : Math.max(1, ttl.toMillis()));
    }
  }

  private static KeyHash hash(byte[] prefix, byte[] encoded, byte[] ofReceiver) {
    return KeyHash.of(
        ByteBuffer.allocate(prefix.length + encoded.length + ofReceiver.length)
            .put(prefix)
            .put(encoded)
            .put(ofReceiver)
            .array());
  }

  /** Either how calls become keys, or why they do not. */
  private record Finding(
      CachePolicy policy,
      @Nullable KeyCodec keys,
      @Nullable Making making,
      @Nullable String whyLocal) {}

  /**
   * Nothing is found out yet.
   *
   * @param owner sees what the method's class sees
   * @param properties for each part of the key, how to get it from its argument
   */
  SharedMethod(
      MethodHandles.Lookup owner, MethodSpec spec, List<@Nullable MethodHandle> properties) {
    this.owner = owner;
    this.spec = spec;
    this.properties = properties;
  }

  /** Why results stay in this JVM; {@code null} when they do not, or none was asked for. */
  @Nullable String whyLocal() {
    Finding current = finding;
    return current == null ? null : current.whyLocal;
  }

  /**
   * The key of a call; {@code null} when its result stays in this JVM.
   *
   * @param receiver the class of the one instance there is, as another class of its may answer
   *     otherwise; empty where the instance does not count
   * @param arguments that make its key; {@code null} when it belongs to one of several instances
   */
  @Nullable SharedKey keyOf(Cache cache, String receiver, @Nullable Object @Nullable [] arguments) {
    SlowTiers tiers = cache.slowTiers();
    if (tiers == null) {
      set(null);
      return null;
    }
    CachePolicy policy = cache.policy();
    if (arguments == null) {
      set(new Finding(policy, /* keys= */ null, /* making= */ null, OF_INSTANCES));
      return null;
    }
    Finding current = finding;
    if (current == null || !current.policy.equals(policy)) {
      current = begin(cache, tiers, policy);
    }
    KeyCodec keys = current.keys;
    Making making = current.making;
    if (keys == null || making == null) {
      return null;
    }
    try {
      return making.keyOf(receiver, keys, arguments);
    } catch (NotStorableException foreign) { // of this call; others may have other arguments
      set(new Finding(policy, keys, making, foreign.getMessage()));
      tiers.keptLocal(cache.name(), String.valueOf(foreign.getMessage()));
      return null;
    }
  }

  /**
   * Has the codec made before the first call asks for it, if results are shared. May be called more
   * than once.
   */
  void prepare(Cache cache) {
    SlowTiers tiers = cache.slowTiers();
    if (tiers != null && finding == null) {
      Finding unused = begin(cache, tiers, cache.policy());
    }
  }

  private synchronized void set(@Nullable Finding value) {
    finding = value;
  }

  /** Answers whether that is still what is being made. */
  private synchronized boolean replace(Making making, @Nullable Finding by) {
    Finding current = finding;
    boolean still = current != null && current.making == making;
    if (still) {
      finding = by;
    }
    return still;
  }

  /** One thread has the codec made; others that come meanwhile find it in the making. */
  private Finding begin(Cache cache, SlowTiers tiers, CachePolicy policy) {
    Finding begun;
    Making making;
    synchronized (this) {
      Finding current = finding;
      if (current != null && current.policy.equals(policy)) {
        return current;
      }
      begun = find(cache, tiers, policy);
      finding = begun;
      making = begun.making;
    }
    if (making == null) {
      tiers.keptLocal(cache.name(), String.valueOf(begun.whyLocal));
    } else if (!tiers.later(making)) {
      making.failed();
      making.done.countDown();
    }
    return begun;
  }

  private Finding find(Cache cache, SlowTiers tiers, CachePolicy policy) {
    try {
      ClassLoader loader = owner.lookupClass().getClassLoader();
      MethodType declared = MethodType.fromMethodDescriptorString(spec.descriptor(), loader);
      KeyCodec keys = KeyCodec.of(keyTypes(declared));
      Making making = new Making(cache, tiers, policy, declared);
      return new Finding(policy, keys, making, /* whyLocal= */ null);
    } catch (NotStorableException foreign) {
      return new Finding(policy, /* keys= */ null, /* making= */ null, foreign.getMessage());
    } catch (RuntimeException | LinkageError unreadable) { // a class is missing, or a bug of ours
      return new Finding(policy, /* keys= */ null, /* making= */ null, unreadable(unreadable));
    }
  }

  private static String unreadable(Throwable problem) {
    return "its declaration cannot be read, " + problem.getClass().getName();
  }

  private Results results(SlowTiers tiers, CachePolicy policy, MethodType declared)
      throws NotStorableException {
    Class<?> type = owner.lookupClass();
    ValueCodec values =
        tiers.codecOf(policy.sharing().codec(), type.getClassLoader(), returned(declared));
    rehearse(values);
    String meaning =
        String.join(
            "\n",
            type.getName(),
            spec.id(),
            spec.key().toString(),
            spec.tags().toString(),
            policy.sharing().version());
    byte[] bytes = meaning.getBytes(StandardCharsets.UTF_8);
    byte[] prefix =
        ByteBuffer.allocate(bytes.length + Byte.BYTES + Long.BYTES)
            .put(bytes)
            .put(values.id())
            .putLong(values.fingerprint())
            .array();
    return new Results(values, prefix);
  }

  /** Has the classes loaded that the first result needs, there and back. */
  private static void rehearse(ValueCodec values) {
    try {
      Object unused = values.decode(values.encode(/* value= */ null));
    } catch (NotStorableException | DamagedEntryException none) {
      // Of a primitive type, say: then the first result loads what is missing.
    }
  }

  private List<Class<?>> keyTypes(MethodType declared) {
    List<Class<?>> types = new ArrayList<>();
    if (!spec.isStatic() && spec.instances() == InstanceRule.EQUAL) {
      types.add(owner.lookupClass());
    }
    for (int i = 0; i < spec.key().size(); i++) {
      MethodHandle property = properties.get(i);
      types.add(
          property == null
              ? declared.parameterType(spec.key().get(i).parameter())
              : property.type().returnType());
    }
    return types;
  }

  /** With type arguments, where the class tells them. */
  private Type returned(MethodType declared) {
    try {
      Method method = owner.lookupClass().getDeclaredMethod(spec.name(), declared.parameterArray());
      return method.getReturnType() == declared.returnType()
          ? method.getGenericReturnType()
          : declared.returnType(); // the one that was found differs in its result alone
    } catch (NoSuchMethodException impossible) {
      return declared.returnType();
    }
  }
}
