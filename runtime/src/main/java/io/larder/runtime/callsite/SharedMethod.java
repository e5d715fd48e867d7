package io.larder.runtime.callsite;

import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
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
import org.jspecify.annotations.Nullable;

/** How the calls of one method are known in slower tiers, or why they are not. Thread-safe. */
final class SharedMethod {

  private static final String OF_INSTANCES =
      "more than one instance of its class was seen; say instances: INTERCHANGEABLE if they all"
          + " answer alike";

  private final MethodHandles.Lookup owner;
  private final MethodSpec spec;
  private final List<@Nullable MethodHandle> properties;

  /** What was found out last. */
  private volatile @Nullable Finding finding;

  /** How calls become keys as long as a policy holds. */
  private static final class Calls {

    private final KeyCodec keys;
    private final ValueCodec values;

    /** Method, meaning and shape of what is stored. */
    private final byte[] meaning;

    private final long ttlMillis;

    /** Hashed once, as a receiver mostly has the class of the one before. Racy on purpose. */
    private volatile Meaning last;

    /** The hash of the meaning, with the class of a receiver. */
    private record Meaning(String receiver, KeyHash hash) {}

    private Calls(KeyCodec keys, ValueCodec values, byte[] meaning, @Nullable Duration ttl) {
      this.keys = keys;
      this.values = values;
      this.meaning = meaning;
      this.ttlMillis = ttl == null ? 0 : Math.max(1, ttl.toMillis());
      this.last = with("");
    }

    private Meaning with(String receiver) {
      byte[] name = receiver.getBytes(StandardCharsets.UTF_8);
      byte[] all = ByteBuffer.allocate(meaning.length + name.length).put(meaning).put(name).array();
      return new Meaning(receiver, KeyHash.of(all));
    }

    private TierKey keyOf(String cache, String receiver, @Nullable Object[] arguments)
        throws NotStorableException {
      Meaning of = last;
      if (!of.receiver.equals(receiver)) {
        of = with(receiver);
        last = of;
      }
      KeyHash encoded = keys.hash(arguments);
      return new TierKey(
          cache, KeyCodec.group(encoded, arguments), encoded.with(of.hash), values, ttlMillis);
    }
  }

  /** Either calls, or why there are none. */
  private record Finding(CachePolicy policy, @Nullable Calls calls, @Nullable String whyLocal) {}

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
  @Nullable TierKey keyOf(Cache cache, String receiver, @Nullable Object @Nullable [] arguments) {
    SlowTiers tiers = cache.slowTiers();
    if (tiers == null) {
      finding = null;
      return null;
    }
    CachePolicy policy = cache.policy();
    if (arguments == null) {
      finding = new Finding(policy, /* calls= */ null, OF_INSTANCES);
      return null;
    }
    Finding current = finding;
    if (current == null || !current.policy.equals(policy)) {
      current = find(tiers, policy);
      if (current.whyLocal != null) {
        tiers.keptLocal(cache.name(), current.whyLocal);
      }
      finding = current;
    }
    Calls calls = current.calls;
    try {
      return calls == null ? null : calls.keyOf(cache.name(), receiver, arguments);
    } catch (NotStorableException foreign) { // of this call; others may have other arguments
      finding = new Finding(policy, calls, foreign.getMessage());
      tiers.keptLocal(cache.name(), String.valueOf(foreign.getMessage()));
      return null;
    }
  }

  private Finding find(SlowTiers tiers, CachePolicy policy) {
    try {
      Class<?> type = owner.lookupClass();
      ClassLoader loader = type.getClassLoader();
      MethodType declared = MethodType.fromMethodDescriptorString(spec.descriptor(), loader);
      KeyCodec keys = KeyCodec.of(keyTypes(declared));
      ValueCodec values = tiers.codecOf(policy.sharing().codec(), loader, returned(declared));
      String meaning =
          String.join("\n", type.getName(), spec.meaning(), policy.sharing().version());
      byte[] bytes = meaning.getBytes(StandardCharsets.UTF_8);
      byte[] prefix =
          ByteBuffer.allocate(bytes.length + Byte.BYTES + Long.BYTES)
              .put(bytes)
              .put(values.id())
              .putLong(values.fingerprint())
              .array();
      return new Finding(
          policy, new Calls(keys, values, prefix, policy.ttl()), /* whyLocal= */ null);
    } catch (NotStorableException foreign) {
      return new Finding(policy, /* calls= */ null, foreign.getMessage());
    } catch (RuntimeException | LinkageError unreadable) { // a class is missing, or a bug of ours
      return new Finding(
          policy,
          /* calls= */ null,
          "its declaration cannot be read, " + unreadable.getClass().getName());
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
