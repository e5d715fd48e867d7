package io.larder.it.apps.docs;

import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Results that are refreshed, as docs/refresh.md shows them. Does the commands on its standard
 * input until an empty line, such as {@code ask 3000}: asks for so many milliseconds, and prints
 * the last answer. An answer tells which process computed it, on which thread, and how often that
 * process did so by then.
 */
public final class Rates {

  private static final String NAME = System.getProperty("node.name", "?");
  private static final Rates OFFICE = new Rates();
  private static int runs;
  private static volatile boolean failing;

  private Rates() {}

  /** Does what it is told. */
  public static void main(String[] ignored) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Probe.say("ready", true);
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String[] words = line.split(" ", -1);
      Probe.say(words[0], answer(words[0], words.length > 1 ? Integer.parseInt(words[1]) : 0));
    }
  }

  private static Object answer(String command, int millis) throws Exception {
    return switch (command) {
      case "rate" -> rate("EUR");
      case "fee" -> OFFICE.fee("EUR");
      case "ask" -> ask(millis);
      case "runs" -> runs();
      case "fail" -> fail();
      case "misses" -> Larder.statistics("rates").orElseThrow().missCount();
      default -> "unknown";
    };
  }

  private static boolean fail() {
    failing = true;
    return true;
  }

  /** As a busy service does. */
  private static String ask(int millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    String rate = rate("EUR");
    while (System.nanoTime() < end) {
      Thread.sleep(5);
      rate = rate("EUR");
    }
    return rate;
  }

  // begin: rate
  @Cached(name = "rates", ttl = "10m", refreshAfter = "1m")
  private static String rate(String currency) {
    return latest(currency); // takes a second, and callers wait for the first one only
  }

  // end: rate

  @Cached(name = "fees", ttl = "10m", refreshAfter = "1m")
  private String fee(String currency) {
    return latest(currency);
  }

  private static synchronized int runs() {
    return runs;
  }

  private static synchronized String latest(String currency) {
    if (failing) {
      throw new IllegalStateException("no rate of " + currency);
    }
    String thread = Thread.currentThread().getName().replaceAll("-\\d+$", "");
    return NAME + ++runs + " " + thread;
  }
}
