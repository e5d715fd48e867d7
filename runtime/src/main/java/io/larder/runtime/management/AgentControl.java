package io.larder.runtime.management;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What JMX shows of the agent and asks of it. Thread-safe; answers of changes are sentences. */
public interface AgentControl {

  /** The application had time to start: called once, to say in a line what Larder does in it. */
  void running();

  /** How many methods were woven. */
  int wovenMethods();

  /**
   * The methods that are woven to be cached in caches of a name, called or not, as in {@code
   * com.acme.PriceDao.find(J)Ljava/lang/String;}.
   */
  Set<String> cachedIn(String cacheName);

  /** Methods that were to be cached and are not, each with the reason. */
  List<String> rejectedMethods();

  /** Where the configuration comes from; {@code none} when there is none. */
  String configurationSource();

  /** The configurations that were applied, newest first. */
  List<Version> configurationHistory();

  /** Reads the configuration anew, and applies it if it changed and is right. */
  String reloadConfiguration();

  /**
   * Applies a configuration that was applied before.
   *
   * @throws IllegalArgumentException if there is no such version; the message says which there are
   */
  String rollback(int version);

  /** For each method that is annotated or named, what becomes of it and why. */
  List<MethodState> methods();

  /**
   * A configuration that was applied.
   *
   * @param number counts from 1
   * @param appliedAt when
   * @param source where it came from
   * @param changes what it changed
   */
  record Version(int number, Instant appliedAt, String source, String changes) {}

  /**
   * What becomes of a method that is annotated or named.
   *
   * @param method as people read it, or the pattern that names it
   * @param origin who asked: {@code @Cached}, or {@code larder.yaml:12}
   * @param state one of few words
   * @param cache the name of the cache; empty when there is none
   * @param reason in words
   */
  record MethodState(String method, String origin, String state, String cache, String reason) {}
}
