package io.larder.runtime.callsite;

import io.larder.bootstrap.LarderTicket;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.policy.InvalidationSpec;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a method that invalidates or puts does: what it forgets before it runs, what it forgets when
 * it returned or threw, and then what it stores. Thread-safe.
 */
final class Invalidation {

  private static final MethodHandle TICKET;

  static {
    try {
      TICKET =
          MethodHandles.lookup()
              .findVirtual(
                  Invalidation.class,
                  "ticket",
                  MethodType.methodType(LarderTicket.class, Object[].class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final List<Forgetting> forgettings;
  private final List<Putting> puttings;

  private Invalidation(List<Forgetting> forgettings, List<Putting> puttings) {
    this.forgettings = forgettings;
    this.puttings = puttings;
  }

  /**
   * The invalidation of a method.
   *
   * @param woven knows which methods are cached
   * @param owner sees what its class sees
   */
  static Invalidation of(
      CacheRegistry registry,
      WovenMethods woven,
      MethodHandles.Lookup owner,
      InvalidationSpec spec) {
    return new Invalidation(
        spec.targets().stream()
            .map(target -> new Forgetting(registry, owner, spec, target))
            .toList(),
        spec.puts().stream().map(put -> new Putting(registry, woven, owner, spec, put)).toList());
  }

  CallSite callSite(MethodType type) {
    return new ConstantCallSite(
        TICKET.bindTo(this).asCollector(Object[].class, type.parameterCount()).asType(type));
  }

  /**
   * What is told how the body ends.
   *
   * @param arguments with the instance in front, if there is one; read now, as the body may change
   *     them
   */
  LarderTicket ticket(@Nullable Object[] arguments) {
    return new Call(arguments);
  }

  private final class Call extends LarderTicket {

    private final List<Forgetting.Pending> onReturn = new ArrayList<>();
    private final List<Forgetting.Pending> onFailure = new ArrayList<>();
    private final List<Putting.Pending> puts = new ArrayList<>();

    Call(@Nullable Object[] arguments) {
      for (Forgetting forgetting : forgettings) {
        Forgetting.Pending pending = forgetting.of(arguments);
        if (forgetting.isBefore()) {
          pending.forget(/* returned= */ false, /* result= */ null);
        } else {
          onReturn.add(pending);
          if (forgetting.isOnFailure()) {
            onFailure.add(pending);
          }
        }
      }
      for (Putting putting : puttings) { // after what is forgotten before
        puts.add(putting.begin(arguments));
      }
    }

    @Override
    protected void proceed() {}

    @Override
    protected void loaded(@Nullable Object result) {
      puts.forEach(Putting.Pending::setReturned);
      onReturn.forEach(pending -> pending.forget(/* returned= */ true, result));
      puts.forEach(put -> put.put(result));
    }

    @Override
    protected void failed(Throwable thrown) {
      onFailure.forEach(pending -> pending.forget(/* returned= */ false, /* result= */ null));
      puts.forEach(Putting.Pending::end);
    }
  }
}
