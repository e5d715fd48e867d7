package io.larder.benchmarks.questions;

import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A method that was woven by configuration, and taken out of it again, against the plain method.
 */
final class Unwoven implements Question {

  private static final String PLAIN = "the plain method, never woven";
  private static final String CACHE = "unwoven";
  private static final long[] KEYS = Workload.longs();

  @Override
  public String id() {
    return CACHE;
  }

  @Override
  public String title() {
    return "method taken out of larder.yaml";
  }

  @Override
  public Optional<String> configuration() {
    return Optional.of(
        "watch: off\ncaches:\n  %s:\n    methods: %s#find\n"
            .formatted(CACHE, Shop.class.getName()));
  }

  @Override
  public List<Contestant> contestants() {
    Shop.block(1_000_000);
    LarderMBeans.awaitCache(CACHE);
    try {
      Files.writeString(Path.of(System.getProperty("larder.config")), "watch: off\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LarderMBeans.reloadConfiguration();
    return List.of(new Contestant(PLAIN, Plain::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.equal(PLAIN));
  }

  @Override
  public int operations() {
    return 1_000_000;
  }

  private static final class Plain {

    static String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(find(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    private Shop() {}

    static String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(find(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }
}
