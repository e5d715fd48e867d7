package io.larder.runtime.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A node in a JVM of its own. Reads commands from its input, a line each, and answers each with a
 * line.
 */
final class ForkedNode {

  private final SharedNode node;
  private final AtomicInteger loads = new AtomicInteger();

  private ForkedNode(String uri) {
    this.node = SharedNode.coherent(uri);
  }

  /** Connects to the Redis that the first argument names. */
  public static void main(String[] arguments) throws Exception {
    ForkedNode forked = new ForkedNode(arguments[0]);
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    System.out.println("ready");
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(forked.answer(line.split(" ", -1)));
    }
    System.exit(0);
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "call" -> String.valueOf(node.call(words[1], () -> words[2]));
      case "held" -> String.valueOf(node.inMemory(words[1]).orElse("nothing"));
      case "invalidate" -> {
        node.shared.invalidate(SharedNode.CACHE, SharedNode.key(words[1]).group());
        yield "done";
      }
      case "doubts" -> String.valueOf(node.shared.status().doubts());
      case "leased" -> leased(words[1], Integer.parseInt(words[2]));
      default -> throw new IOException(words[0]);
    };
  }

  /** Many threads that miss one key; answers how often this JVM loaded it. */
  private String leased(String text, int threadCount) throws Exception {
    ConcurrentHashMap<String, String> flight = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<String>> results = new ArrayList<>();
    for (int i = 0; i < threadCount; i++) {
      results.add(threads.submit(() -> flight.computeIfAbsent(text, this::loadUnderLease)));
    }
    for (Future<String> result : results) {
      if (!result.get().equals("the one value")) {
        throw new IllegalStateException(result.get());
      }
    }
    threads.shutdown();
    return String.valueOf(loads.get());
  }

  private String loadUnderLease(String text) {
    Turn turn =
        node.shared.leases().awaitTurn(SharedNode.key(text), node.tier, Duration.ofSeconds(20));
    SharedEntry landed = turn.landed();
    if (landed != null) {
      return String.valueOf(landed.entry().value);
    }
    long stamp = node.shared.stamp();
    loads.incrementAndGet();
    LockSupport.parkNanos(300_000_000);
    LoadLease lease = turn.lease();
    if (lease != null) {
      node.tier.store(SharedNode.key(text), node.entry("the one value", stamp), lease);
    }
    return "the one value";
  }
}
