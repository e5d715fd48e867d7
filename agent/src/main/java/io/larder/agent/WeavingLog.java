package io.larder.agent;

import io.larder.agent.weaving.ClassWeaver;
import io.larder.runtime.WeavingReport;
import io.larder.runtime.logging.Log;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Remembers and reports what was woven and what was not. Thread-safe. */
final class WeavingLog implements ClassWeaver.Listener, WeavingReport {

  private static final int KEPT_REJECTIONS = 1_000;

  /** Guarded by itself. */
  private final Set<String> woven = new HashSet<>();

  /** Guarded by itself. */
  private final List<String> rejections = new ArrayList<>();

  @Override
  public void woven(String method, String cacheName) {
    synchronized (woven) {
      woven.add(method); // once, however often its class is loaded or transformed anew
    }
    Log.line(Log.Level.DEBUG, method + " is cached in \"" + cacheName + "\"");
  }

  @Override
  public void rejected(String method, String reason) {
    String text = method + " stays uncached: " + reason;
    synchronized (rejections) {
      if (rejections.contains(text)) {
        return; // the same class in another loader, or woven again
      }
      if (rejections.size() < KEPT_REJECTIONS) {
        rejections.add(text);
      }
    }
    Log.line(Log.Level.WARN, text);
  }

  @Override
  public int wovenMethods() {
    synchronized (woven) {
      return woven.size();
    }
  }

  @Override
  public List<String> rejectedMethods() {
    synchronized (rejections) {
      return List.copyOf(rejections);
    }
  }
}
