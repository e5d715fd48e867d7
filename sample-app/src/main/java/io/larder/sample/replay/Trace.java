package io.larder.sample.replay;

import io.larder.sample.Currency;
import io.larder.sample.PageRequest;
import io.larder.sample.Region;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Recorded requests: which product a visitor of a real shop looked at, in order. Immutable.
 *
 * <p>The recording names the product only. The visitor's currency and region are made up from the
 * place in the recording, so that they are the same in each replay: seven in ten pay in euro, two
 * in dollar, one in pound, and the regions are equally common.
 */
final class Trace {

  private static final String RESOURCE = "web12.txt.gz";
  private static final List<Region> REGIONS = List.of(Region.values());

  private final int[] products;
  private final int start;

  private Trace(int[] products, int start) {
    this.products = products;
    this.start = start;
  }

  /**
   * The requests that are shipped with the sample.
   *
   * @throws IOException when the jar is damaged
   */
  static Trace web12() throws IOException {
    try (InputStream in = Trace.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the sample's jar lacks " + RESOURCE + "; build it again");
      }
      return read(in, RESOURCE);
    }
  }

  /**
   * Reads a trace.
   *
   * @param in gzip text, one product number a line
   * @param name for messages
   * @throws IOException when a line is no product number
   */
  static Trace read(InputStream in, String name) throws IOException {
    int[] products = new int[1_024];
    int count = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (count == products.length) {
          products = Arrays.copyOf(products, 2 * count);
        }
        products[count++] = product(line, name, count);
      }
    }
    return new Trace(Arrays.copyOf(products, count), /* start= */ 0);
  }

  private static int product(String line, String name, int lineNumber) throws IOException {
    try {
      int product = Integer.parseInt(line);
      if (product >= 0) {
        return product;
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new IOException("%s:%d: not a product number: %s".formatted(name, lineNumber, line));
  }

  /** The same recording from a later place on. */
  Trace from(int place) {
    return new Trace(products, start + place);
  }

  int size() {
    return products.length - start;
  }

  /** How many of the first requests ask for a product that an earlier one asked for. */
  int repeated(int requests) {
    return requests - (int) IntStream.of(products).skip(start).limit(requests).distinct().count();
  }

  /** The request at a place from 0 on. */
  PageRequest request(int place) {
    int dice = dice(start + place);
    int tenth = dice % 10;
    Currency currency = tenth < 7 ? Currency.EUR : tenth < 9 ? Currency.USD : Currency.GBP;
    return new PageRequest(
        products[start + place], currency, REGIONS.get(dice / 10 % REGIONS.size()));
  }

  /** Spreads neighbouring places; the constants are those of MurmurHash3's finalizer. */
  private static int dice(int place) {
    int h = place * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return (h ^ h >>> 16) >>> 1;
  }
}
