package io.larder.runtime.shared;

/**
 * The {@link View} of this JVM and how it changes. Thread-safe; reading is one volatile read.
 *
 * <p>Servers that are not those of before end an era at once, on whatever thread says so. The new
 * one begins with an answer of the store that was asked after that.
 */
final class Beliefs {

  private volatile View view =
      new View(new Era(1, /* epoch= */ 0, /* clock= */ 0), TagVersions.deaf());

  /** Fingerprint of the servers; empty if it is not known. Guarded by this. */
  private String nodes = "";

  /** How often an era was ended from outside. Guarded by this. */
  private long suspicions;

  /**
   * The servers at one moment.
   *
   * @param fingerprint of them
   * @param suspicions that were raised until then
   */
  record Servers(String fingerprint, long suspicions) {}

  View view() {
    return view;
  }

  /** Servers that are not those of before. */
  synchronized void nodesChanged(String fingerprint) {
    nodes = fingerprint;
    suspicions++;
    view = new View(view.era().unknown(), TagVersions.deaf());
  }

  synchronized Servers servers() {
    return new Servers(nodes, suspicions);
  }

  /**
   * Takes over what the store said.
   *
   * @param asked the servers when it was asked
   * @return whether that still counts
   */
  synchronized boolean adopt(StoreState state, Servers asked) {
    if (asked.suspicions() != suspicions || state.epoch() == 0) {
      return false;
    }
    Era era = view.era();
    if (era.epoch() == state.epoch()) {
      era.heard(state.clock());
    } else {
      view = new View(era.next(state.epoch(), state.clock()), TagVersions.deaf());
    }
    return true;
  }

  /**
   * Begins a period in which all is heard, or one in which nothing is.
   *
   * @return whether the era is still the one that is meant
   */
  synchronized boolean hear(Era of, TagVersions tags) {
    if (view.era() != of) {
      return false;
    }
    view = new View(of, tags);
    return true;
  }

  /** Begins a period in which nothing is heard. */
  synchronized void hearNothing() {
    view = new View(view.era(), TagVersions.deaf());
  }
}
