package io.larder.runtime.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An agent that always says the same, and notes what is asked of it. */
public final class FixedAgent implements AgentControl {

  /** What was asked. */
  public final List<String> asked = new ArrayList<>();

  @Override
  public void running() {
    asked.add("running");
  }

  @Override
  public int wovenMethods() {
    return 7;
  }

  @Override
  public Set<String> cachedIn(String cacheName) {
    return Set.of();
  }

  @Override
  public List<String> rejectedMethods() {
    return List.of("com.acme.Dao.stream(): a stream can be used only once");
  }

  @Override
  public String configurationSource() {
    return "/etc/larder.yaml";
  }

  @Override
  public List<Version> configurationHistory() {
    return List.of(
        new Version(2, Instant.EPOCH, "larder.yaml", "prices: ttl 5m -> 30s"),
        new Version(1, Instant.EPOCH, "larder.yaml", "1 cache"));
  }

  @Override
  public String reloadConfiguration() {
    asked.add("reload");
    return "Nothing changed.";
  }

  @Override
  public String rollback(int version) {
    if (version > 2) {
      throw new IllegalArgumentException("there is no version " + version + "; there are: 2, 1");
    }
    asked.add("rollback " + version);
    return "Version 1 holds again.";
  }

  @Override
  public List<MethodState> methods() {
    return List.of(
        new MethodState("com.acme.Dao.find(long)", "@Cached", "SERVING", "prices", "3 hits"));
  }
}
