package io.larder.it.configuration;

import static io.larder.it.configuration.ShopJvm.SOON;
import static io.larder.it.configuration.ShopJvm.cache;
import static io.larder.it.configuration.ShopJvm.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is not cached any more runs the bytecode it was compiled to: a body is at the same place of
 * its method as before, where what Larder puts in front of it moves it.
 */
class OwnBytecodeIT {

  private static final String WATCH = "watch: 100ms\n";

  @TempDir private Path directory;

  @EachJdk
  void method_droppedFromTheFile_orLeftByDetach_runsItsOwnBytecode(Jdk jdk) {
    Path file = write(directory.resolve("larder.yaml"), WATCH);
    try (ShopJvm shop = ShopJvm.start(jdk, Jvm.of(jdk))) {
      String own = place(shop);

      shop.larder("attach", file).requireSuccess();
      assertThat(place(shop)).as("in a class that was looked at").isEqualTo(own);
      change(shop, file, cache("squares", "square"), 2);
      assertThat(place(shop)).as("woven").isNotEqualTo(own);
      change(shop, file, "", 3);
      assertThat(place(shop)).as("dropped").isEqualTo(own);
      change(shop, file, cache("squares", "square"), 4);
      assertThat(place(shop)).as("woven again").isNotEqualTo(own);
      change(shop, file, cache("slow", "slow"), 5);
      assertThat(place(shop)).as("dropped for another of its class").isEqualTo(own);
      change(shop, file, cache("squares", "square"), 6);
      assertThat(place(shop)).as("woven for the third time").isNotEqualTo(own);

      shop.larder("detach").requireSuccess();
      assertThat(place(shop)).as("detached").isEqualTo(own);
    }
  }

  /** Of a call that no cache answers. */
  private static String place(ShopJvm shop) {
    int before = bodies(shop.ask("square 7"));
    int number = 8;
    while (bodies(shop.ask("square " + number)) == before) {
      number++;
    }
    return shop.ask("place").split(" ", 2)[0];
  }

  private static int bodies(String answer) {
    return Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
  }

  private static void change(ShopJvm shop, Path file, String caches, int version) {
    write(file, WATCH + caches);
    shop.jvm.awaitErrorLine("larder.yaml is applied as version " + version + ":", SOON);
  }
}
