package io.larder.sample.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Traces short enough for a test. */
final class TraceFixtures {

  private TraceFixtures() {}

  static Trace ofProducts(int... products) throws IOException {
    return ofText(
        IntStream.of(products).mapToObj(Integer::toString).collect(Collectors.joining("\n")));
  }

  static Trace ofText(String lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(lines.getBytes(StandardCharsets.US_ASCII));
    }
    return Trace.read(new ByteArrayInputStream(bytes.toByteArray()), "test");
  }
}
