package io.larder.runtime.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.fory.Fory;
import org.apache.fory.logging.LoggerFactory;
import org.junit.jupiter.api.Test;

/**
 * How long the codecs take beside Fory as it is, which generates code. Not part of the build, as
 * nothing is promised of it; {@code mvn test -pl runtime -am -Dtest=CodecSpeed
 * -Dsurefire.failIfNoSpecifiedTests=false} runs it. The ways take turns, and the median of their
 * rounds counts.
 */
class CodecSpeed {

  private static final int ROUNDS = 60;
  private static final long ROUND_NANOS = 10_000_000;

  @Test
  void report() throws Exception {
    for (int lines : new int[] {1, 8, 120}) {
      Shop.Order order = Shop.order(lines);
      Map<String, Callable<?>> ways = new LinkedHashMap<>();
      Fory raw = raw();
      byte[] rawBytes = raw.serialize(order);
      ways.put("write, Fory as it is, " + rawBytes.length + " bytes", () -> raw.serialize(order));
      ways.put("read, Fory as it is", () -> raw.deserialize(rawBytes));
      for (String name : List.of("fory", "jdk")) {
        ValueCodec codec = codec(name);
        byte[] bytes = codec.encode(order);
        ways.put("write, " + name + ", " + bytes.length + " bytes", () -> codec.encode(order));
        ways.put("read, " + name, () -> codec.decode(bytes));
      }
      byte[] payload = codec("fory").encode(order);
      EnvelopeFormat lz4 = EnvelopeFormat.plain().withCompression(Compression.LZ4, 1024);
      byte[] stored = EnvelopeTest.of(payload).encode(EnvelopeTest.KEY, lz4);
      ways.put(
          "write, envelope with lz4, " + stored.length + " bytes",
          () -> EnvelopeTest.of(payload).encode(EnvelopeTest.KEY, lz4));
      ways.put("read, envelope with lz4", () -> Envelope.decode(EnvelopeTest.KEY, stored, lz4));
      ways.put("key of one order", () -> KeyCodecTest.encode(order));
      measure(lines, ways);
    }
  }

  private static Fory raw() {
    LoggerFactory.disableLogging();
    Fory raw =
        Fory.builder().withXlang(false).withCompatible(true).requireClassRegistration(true).build();
    List.of(Shop.Order.class, Shop.Line.class, Shop.Status.class, Shop.Transfer.class)
        .forEach(raw::register);
    return raw;
  }

  private static ValueCodec codec(String name) throws Exception {
    return ValueCodecs.of(
        name, CodecSpeed.class.getClassLoader(), Shop.Order.class, AllowedClasses.none());
  }

  private static void measure(int lines, Map<String, Callable<?>> ways) throws Exception {
    Map<String, List<Long>> nanos = new LinkedHashMap<>();
    for (int round = 0; round < 2 * ROUNDS; round++) {
      for (Map.Entry<String, Callable<?>> way : ways.entrySet()) {
        long taken = nanosOf(way.getValue());
        if (round >= ROUNDS) {
          nanos.computeIfAbsent(way.getKey(), key -> new ArrayList<>()).add(taken);
        }
      }
    }
    nanos.forEach(
        (way, all) -> {
          Collections.sort(all);
          System.out.println(lines + " lines: " + way + ": " + all.get(all.size() / 2) + " ns");
        });
  }

  private static long nanosOf(Callable<?> way) throws Exception {
    long start = System.nanoTime();
    long calls = 0;
    long taken = 0;
    while (taken < ROUND_NANOS) {
      for (int i = 0; i < 20; i++) {
        if (way.call() == null) {
          throw new IllegalStateException("nothing");
        }
      }
      calls += 20;
      taken = System.nanoTime() - start;
    }
    return taken / calls;
  }
}
