package io.larder.it.apps.configuration;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An application that is configured from outside: but for one method it knows nothing of Larder.
 * Does the commands it is given as arguments, or those on its standard input until an empty line,
 * such as {@code square 3}; prints {@code square=<answer> <runs of the body so far>}.
 */
public final class Shop {

  private static final SqlCatalogue CATALOGUE = new SqlCatalogue();
  private static int stock = 10;

  /** Where in the bytecode of its method the last body was. */
  private static int place;

  private Shop() {}

  /** Runs the commands. */
  public static void main(String[] commands) throws IOException {
    for (String command : commands) {
      run(command);
    }
    if (commands.length == 0) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      Probe.say("ready", true);
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        run(line);
      }
    }
  }

  private static void run(String command) {
    String[] words = command.split(" ", -1);
    String name = words[0];
    int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
    String text = words.length > 2 ? words[2] : "";
    Object answer =
        switch (name) {
          case "square" -> square(number);
          case "title" -> CATALOGUE.title(number, text);
          case "author" -> CATALOGUE.author(number);
          case "page" -> CATALOGUE.page(number);
          case "slow" -> slow(number);
          case "slows" -> IntStream.range(0, number).map(Shop::slow).sum();
          case "rounds" ->
              IntStream.range(0, number).map(i -> search(i).size() + sell(i, "")).sum();
          case "greet" -> greet(new User(number, text), words.length);
          case "stocks" -> IntStream.range(0, number).map(i -> stock(i).length()).sum();
          case "search" -> search(number);
          case "stock" -> stock(number);
          case "sell" -> sell(number, "web");
          case "deliver" -> deliver();
          case "restock" -> restock(number);
          case "spoil" -> spoilt(number);
          case "identity" -> identity(new User(number, text));
          case "stream" -> stream(number).toList();
          case "annotated" -> annotated(number);
          case "late" -> Late.cube(number);
          case "place" -> place;
          default -> throw new IllegalArgumentException(command);
        };
    Probe.say(name, answer + " " + Probe.bodies(name));
  }

  static void body(String name) {
    place =
        StackWalker.getInstance()
            .walk(frames -> frames.skip(1).findFirst())
            .map(StackWalker.StackFrame::getByteCodeIndex)
            .orElseThrow();
    Probe.body(name);
  }

  private static int square(int number) {
    body("square");
    return number * number;
  }

  @Slow
  private static int slow(int number) {
    body("slow");
    return -number;
  }

  private static String greet(User user, int words) {
    body("greet");
    return "Hello " + user.getName() + " " + words;
  }

  private static List<Integer> search(int number) {
    body("search");
    return number < 0 ? List.of() : List.of(number);
  }

  private static String stock(int product) {
    body("stock");
    return product + ":" + stock;
  }

  private static int sell(int product, String channel) {
    body("sell");
    stock--;
    return product + channel.length();
  }

  private static int deliver() {
    body("deliver");
    stock += 100;
    return stock;
  }

  private static String restock(int product) {
    body("restock");
    stock += 100;
    return product + ":" + stock;
  }

  private static String spoilt(int product) {
    try {
      return spoil(product);
    } catch (IllegalStateException spoilt) {
      return spoilt.getMessage();
    }
  }

  private static String spoil(int product) {
    body("spoil");
    stock = 0;
    throw new IllegalStateException("spoilt " + stock(product));
  }

  private static String identity(User user) {
    body("identity");
    return user.getName();
  }

  private static Stream<Integer> stream(int number) {
    body("stream");
    return Stream.of(number);
  }

  @Cached(name = "annotated", ttl = "7m")
  private static int annotated(int number) {
    body("annotated");
    return number;
  }

  /** Loaded with its first call. */
  private static final class Late {
    static int cube(int number) {
      body("late");
      return number * number * number;
    }
  }
}
