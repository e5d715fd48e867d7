package io.larder.runtime.shared;

import io.larder.runtime.redis.RedisUnavailableException;
import io.larder.runtime.shared.PendingInvalidations.Pending;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells Redis what it could not be told when it was invalidated. For one thread. */
final class Replay {

  private static final int AT_ONCE = 100;

  private final SharedStore shared;
  private final Store store;
  private final Epochs epochs;

  Replay(SharedStore shared, Store store, Epochs epochs) {
    this.shared = shared;
    this.store = store;
    this.epochs = epochs;
  }

  /**
   * Tells some of it.
   *
   * @throws RedisUnavailableException if Redis does not take it; it goes on waiting
   * @throws DoubtException if a new epoch began, or has to
   */
  void some() throws DoubtException {
    View view = shared.view();
    List<Pending> some = shared.pending().list(AT_ONCE);
    for (Pending each : some) {
      if (each.what().kind() == Forgotten.Kind.ALL) {
        epochs.begin(shared.beliefs().servers(), view.era().epoch());
        shared.pending().done(each);
        throw new DoubtException("more was invalidated than could be remembered");
      }
    }
    List<Forgotten> all = some.stream().map(Pending::what).toList();
    List<Store.@Nullable Outcome> outcomes =
        store.forgetEach(all, view.era().epoch(), shared.sender());
    for (int i = 0; i < all.size(); i++) {
      Store.Outcome outcome = outcomes.get(i);
      if (outcome == null) {
        throw new RedisUnavailableException(
            RedisUnavailableException.Reason.NOT_CONNECTED, "Redis did not take an invalidation");
      }
      if (outcome.isOfAnotherEpoch()) {
        throw new DoubtException("what is in Redis is of another epoch");
      }
      SharedStore.heard(view, all.get(i), outcome.number());
      shared.pending().done(some.get(i));
    }
  }
}
