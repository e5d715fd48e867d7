package io.larder.it.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.SourceCode;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** An application of named modules, started with {@code -p} and {@code -m}. */
class ModulesIT {

  private static final Map<String, String> CACHED =
      Map.of(
          "square", "49 49",
          "squareBodies", "1",
          "hidden", "8 8",
          "hiddenBodies", "1",
          "module", "com.acme.shop");

  @TempDir private Path directory;

  @EachJdk
  void namedModule_annotationsOnModulePath_isCached(Jdk jdk) {
    Path shop = compile("");
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .option("-p", shop + File.pathSeparator + Jvm.annotations())
            .module("com.acme.shop/com.acme.shop.Main")
            .run()
            .requireSuccess();

    assertThat(outcome.facts()).isEqualTo(CACHED);
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
  }

  /** The annotations are needed to compile; the weaving needs only their names. */
  @EachJdk
  void namedModule_annotationsAbsentAtRunTime_isCached(Jdk jdk) {
    Path shop = compile("static ");
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .option("-p", shop.toString())
            .module("com.acme.shop/com.acme.shop.Main")
            .run()
            .requireSuccess();

    assertThat(outcome.facts()).isEqualTo(CACHED);
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
  }

  /** An image of a few modules, without java.management or java.logging. */
  @EachJdk
  void image_ofFewModules_isCached(Jdk jdk) throws IOException {
    if (!Files.isDirectory(jdk.home().resolve("jmods"))) {
      // Some packagings of the JDK come without what jlink needs; limiting the modules instead
      // leaves the same ones out.
      assertCachedWithin(jdk);
      return;
    }
    Path image = directory.resolve("image");
    Jvm.runTool(
            jdk,
            "jlink",
            Map.of(),
            "--add-modules",
            "java.base,java.instrument",
            "--output",
            image.toString())
        .requireSuccess();
    Path shop = compile("static ");
    Outcome outcome =
        Jvm.of(new Jdk(image, jdk.feature()))
            .agent()
            .option("-p", shop.toString())
            .module("com.acme.shop/com.acme.shop.Main")
            .run()
            .requireSuccess();

    assertThat(outcome.facts()).isEqualTo(CACHED);
  }

  private void assertCachedWithin(Jdk jdk) {
    Path shop = compile("static ");
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .option("--limit-modules", "java.base,java.instrument,com.acme.shop")
            .option("-p", shop.toString())
            .module("com.acme.shop/com.acme.shop.Main")
            .run()
            .requireSuccess();

    assertThat(outcome.facts()).isEqualTo(CACHED);
  }

  /** The module opens and exports nothing. */
  private Path compile(String modifier) {
    String annotations =
        ModuleFinder.of(Jvm.annotations()).findAll().iterator().next().descriptor().name();
    return SourceCode.compile(
        directory.resolve("shop"),
        Map.of(
            "module-info.java",
            "module com.acme.shop { requires " + modifier + annotations + "; }",
            "com/acme/shop/Main.java",
            """
            package com.acme.shop;

            import io.larder.Cached;

            public class Main {
              static int squareBodies;
              static int hiddenBodies;

              public static void main(String[] arguments) {
                Main main = new Main();
                System.out.println("square=" + main.square(7) + " " + main.square(7));
                System.out.println("squareBodies=" + squareBodies);
                System.out.println("hidden=" + hidden(2, "a").size + " " + hidden(2, "a").size);
                System.out.println("hiddenBodies=" + hiddenBodies);
                System.out.println("module=" + Main.class.getModule().getName());
              }

              @Cached
              int square(int number) {
                squareBodies++;
                return number * number;
              }

              @Cached
              private static Box hidden(int number, String text) {
                hiddenBodies++;
                return new Box(number * 3 + text.length() + 1);
              }

              private record Box(int size) {}
            }
            """),
        "-p",
        Jvm.annotations().toString());
  }
}
