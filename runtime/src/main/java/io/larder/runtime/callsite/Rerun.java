package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.ReentryGuard;
import io.larder.runtime.coordinator.Refreshing;
import io.larder.runtime.model.Key;
import io.larder.runtime.policy.MethodSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Calls a woven method once more, as a caller would that has no choice of overrides. */
final class Rerun {

  private final MethodHandles.Lookup owner;
  private final MethodSpec spec;
  private final MethodHandle keyMaker;

  /** Made on demand, off the threads of the application; twice does no harm. */
  private volatile @Nullable MethodHandle method;

  /**
   * Of one method.
   *
   * @param owner its class, with a lookup that sees what the class sees, if there is one
   * @param keyMaker makes the key of instance, if any, and arguments, as call sites pass them
   */
  Rerun(MethodHandles.Lookup owner, MethodSpec spec, MethodHandle keyMaker) {
    this.owner = owner;
    this.spec = spec;
    this.keyMaker = keyMaker;
  }

  /**
   * A call to be made.
   *
   * @param all the arguments, with the instance in front, if there is one
   */
  Refreshing.Reload with(@Nullable Object[] all) {
    for (int i = spec.isStatic() ? 0 : 1; i < all.length; i++) {
      all[i] = Key.copyIfArray(all[i]); // which callers use again for something else
    }
    return new Call(all);
  }

  private MethodHandle method() throws ReflectiveOperationException {
    MethodHandle known = method;
    if (known == null) {
      known = find();
      known =
          known
              .asType(known.type().generic())
              .asFixedArity()
              .asSpreader(Object[].class, known.type().parameterCount());
      method = known;
    }
    return known;
  }

  /** This very method, and not one that overrides it: whose entry it is that is due. */
  private MethodHandle find() throws ReflectiveOperationException {
    Class<?> type = owner.lookupClass();
    MethodHandles.Lookup lookup =
        owner.hasFullPrivilegeAccess()
            ? owner
            : MethodHandles.privateLookupIn(type, MethodHandles.lookup()); // too old for call sites
    MethodType declared =
        MethodType.fromMethodDescriptorString(spec.descriptor(), type.getClassLoader());
    return spec.isStatic()
        ? lookup.findStatic(type, spec.name(), declared)
        : lookup.findSpecial(type, spec.name(), declared, type);
  }

  /** One call. */
  private final class Call implements Refreshing.Reload {

    private final @Nullable Object[] all;

    Call(@Nullable Object[] all) {
      this.all = all;
    }

    @Override
    public void run() throws Throwable {
      Object unused = method().invoke(all);
    }

    @Override
    public boolean isStillFor(Object key) {
      boolean[] entered = ReentryGuard.enter();
      try {
        Object now = keyMaker.invokeWithArguments(all);
        return (now instanceof Key made ? made.hashed() : now).equals(key);
      } catch (Throwable unreadable) {
        return false;
      } finally {
        ReentryGuard.exit(entered);
      }
    }
  }
}
