package io.larder.it.apps.docs;

import io.larder.Cached;
import io.larder.Larder;
import io.larder.TierStatus;
import io.larder.it.apps.Probe;

/** Computes some prices, and prints how many; with the disk, the second run computes none. */
public final class KeptPrices {

  private static int computed;

  private KeptPrices() {}

  /** Waits for the disk first, as an application does while it starts. */
  public static void main(String[] ignored) throws InterruptedException {
    price(-1); // the first call has Larder begin
    while (Larder.tierStatus("disk").map(TierStatus::health).orElse(null) != TierStatus.Health.UP) {
      Thread.sleep(10);
    }
    computed = 0;
    for (int id = 0; id < 100; id++) {
      price(id);
    }
    Probe.say("computed", computed);
  }

  @Cached(name = "prices")
  static String price(int id) throws InterruptedException {
    computed++;
    Thread.sleep(5);
    return "price " + id;
  }
}
