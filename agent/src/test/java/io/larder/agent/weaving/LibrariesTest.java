package io.larder.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.agent.ClassFiles;
import io.larder.agent.rules.Rules;
import io.larder.bootstrap.LarderTicket;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weaves whole libraries, with the annotation put on each of their methods, bridges and lambdas
 * among them: what compilers of Java, Kotlin and Scala make of tens of thousands of methods.
 */
class LibrariesTest {

  private static final int CLASSES_PER_LIBRARY = 200;

  /** Finds no class files, so that results are judged by their own class alone: more is woven. */
  private static final ClassLoader FINDS_NOTHING =
      new ClassLoader(null) {
        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
          return null;
        }
      };

  private final List<String> woven = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      classes = {
        Assertions.class,
        ByteBuddy.class,
        Caffeine.class,
        JupiterTestEngine.class,
        kotlin.Unit.class,
        scala.Option.class
      })
  void weave_everyMethodOfALibrary_verifies(Class<?> member) {
    long seed = System.nanoTime();
    Map<String, byte[]> plain = new HashMap<>();
    Library.of(member, name -> true)
        .forEach((name, file) -> plain.put(name, Rewriting.annotatedForVerification(file)));
    Set<String> names = Library.some(plain, CLASSES_PER_LIBRARY, new Random(seed));
    Map<String, byte[]> cached = new HashMap<>(plain);
    cached.replaceAll((name, file) -> names.contains(name) ? weave(file) : file);
    ClassLoader cachedLoader = Weaving.loaderOf(cached);
    ClassLoader plainLoader = Weaving.loaderOf(plain);

    int verified = 0;
    for (String name : names) {
      String problem = problemOf(name, cachedLoader);
      if (problem.isEmpty()) {
        verified++;
      } else if (problemOf(name, plainLoader).isEmpty()) { // not for want of another library
        failures.add(name + ": " + problem);
      }
    }

    assertThat(failures).as("seed " + seed).isEmpty();
    assertThat(verified).isGreaterThan(names.size() * 3 / 4);
    assertThat(woven).hasSizeGreaterThan(verified);
  }

  /** A large program runs woven and does the same: the class-file library itself. */
  @Test
  void weave_programThatIsUsed_doesTheSame() throws Exception {
    Map<String, byte[]> cached = new LinkedHashMap<>();
    Library.of(ByteBuddy.class, name -> name.startsWith("net.bytebuddy.jar.asm."))
        .forEach((name, file) -> cached.put(name, weave(Rewriting.annotated(file))));
    byte[] input = ClassFiles.of(Bodies.class);

    try (StubRuntime runtime = StubRuntime.install()) {
      Quiet ticket = new Quiet();
      runtime.onEntry((method, arguments) -> ticket);
      byte[] output = rewrittenBy(Weaving.loaderOf(cached), input);

      assertThat(output).isEqualTo(rewrittenBy(getClass().getClassLoader(), input));
      assertThat(runtime.problems).isEmpty();
      assertThat(ticket.loaded).isGreaterThan(1_000);
      assertThat(ticket.proceeded).isEqualTo(ticket.loaded + ticket.failed);
    }
    assertThat(failures).isEmpty();
  }

  /** Reads and writes a class file with the class-file library that a loader sees. */
  private static byte[] rewrittenBy(ClassLoader loader, byte[] classFile) throws Exception {
    Class<?> readerType = Class.forName(ClassReader.class.getName(), true, loader);
    Class<?> writerType = Class.forName(ClassWriter.class.getName(), true, loader);
    Class<?> visitorType = Class.forName(ClassVisitor.class.getName(), true, loader);
    Object reader = readerType.getConstructor(byte[].class).newInstance((Object) classFile);
    Object writer = writerType.getConstructor(int.class).newInstance(ClassWriter.COMPUTE_FRAMES);
    readerType.getMethod("accept", visitorType, int.class).invoke(reader, writer, 0);
    return (byte[]) writerType.getMethod("toByteArray").invoke(writer);
  }

  private byte[] weave(byte[] classFile) {
    ClassWeaver.Result result =
        ClassWeaver.weave(
            FINDS_NOTHING, classFile, Rules.NONE.exclusionsOf(null, "whatever", new byte[0]));
    for (WeavingOutcome outcome : result.outcomes()) {
      if (outcome.kind() == WeavingOutcome.Kind.CACHED) {
        woven.add(outcome.method());
      } else if (outcome.detail().contains("could not be woven")) {
        failures.add(outcome.method() + ": " + outcome.detail());
      }
    }
    return result.classFile() == null ? classFile : result.classFile();
  }

  /** Initialises a class, which has nothing to run, so that the JVM verifies it. */
  private static String problemOf(String name, ClassLoader loader) {
    try {
      Class.forName(name, true, loader);
      return "";
    } catch (ClassNotFoundException | LinkageError problem) {
      return problem.toString();
    }
  }

  /** Counts. */
  private static final class Quiet extends LarderTicket {
    private int proceeded;
    private int loaded;
    private int failed;

    @Override
    protected void proceed() {
      proceeded++;
    }

    @Override
    protected void loaded(@Nullable Object value) {
      loaded++;
    }

    @Override
    protected void failed(Throwable failure) {
      failed++;
    }
  }
}
