package io.larder.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.CacheIgnore;
import io.larder.CacheInvalidate;
import io.larder.CacheKey;
import io.larder.CachePut;
import io.larder.Cached;
import io.larder.Instances;
import io.larder.agent.ClassFiles;
import io.larder.agent.rules.Rules;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

@SuppressWarnings("unused") // the methods below are read from the class file
class MethodFinderTest {

  @Deprecated
  interface Source<T> {
    T find(T key);
  }

  /** The compiler makes a bridge {@code Object find(Object)} that carries the annotation too. */
  static final class Names implements Source<String> {
    @Cached
    @Override
    public String find(String key) {
      return key;
    }
  }

  abstract static class Methods {
    @Cached
    abstract int isAbstract();

    @Cached
    private static long twoReturns(int a, long b) {
      return a > b ? a : b;
    }

    @Cached(
        name = "prices",
        ttl = "1m",
        maximumEntries = 7,
        maximumBytes = "1MB",
        instances = Instances.EQUAL,
        waitAtMost = "1s")
    int allValues(@CacheKey int a, String other, @CacheIgnore long b, @CacheKey int c) {
      if (a > 0) {
        return a;
      }
      Function<Integer, Integer> lambda =
          argument -> {
            return argument + 1;
          };
      return lambda.apply(c);
    }

    @CacheInvalidate(
        cache = "prices",
        key = {"a", "b.c"},
        when = CacheInvalidate.When.BEFORE)
    @CacheInvalidate(tags = "product:{a}", onFailure = true)
    void invalidates(int a) {}

    @CachePut(cache = "prices")
    int puts(int a) {
      return a;
    }

    @Cached
    final int onlyThrows() {
      throw new IllegalStateException();
    }

    int plain(@CacheKey int a) {
      return a;
    }

    @SafeVarargs
    static <T> T otherAnnotation(T... all) {
      return all[0];
    }
  }

  @Test
  void find_annotatedMethods_inOrder() {
    assertThat(find(Methods.class))
        .extracting(FoundMethod::id)
        .containsExactly(
            "isAbstract()I",
            "twoReturns(IJ)J",
            "allValues(ILjava/lang/String;JI)I",
            "invalidates(I)V",
            "puts(I)I",
            "onlyThrows()I");
  }

  @Test
  void find_method_isAsInTheClassFile() {
    FoundMethod method = named("twoReturns");

    assertThat(method.className).isEqualTo("io.larder.agent.weaving.MethodFinderTest$Methods");
    assertThat(method.access).isEqualTo(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC);
    assertThat(method.maxLocals).isEqualTo(3);
    assertThat(method.values).isEmpty();
  }

  @Test
  void find_values_areThoseWrittenOut() {
    assertThat(named("allValues").values)
        .isEqualTo(
            Map.of(
                "name", "prices",
                "ttl", "1m",
                "maximumEntries", 7L,
                "maximumBytes", "1MB",
                "instances", "EQUAL",
                "waitAtMost", "1s"));
  }

  @Test
  void find_parameters_areNumberedFromZero() {
    assertThat(named("allValues").keyParameters).containsExactly(0, 3);
    assertThat(named("allValues").ignoredParameters).containsExactly(2);
  }

  @Test
  void find_returns_areThoseOfTheMethodItself() {
    assertThat(named("allValues").returns).isEqualTo(2);
    assertThat(named("onlyThrows").returns).isZero();
    assertThat(named("isAbstract").returns).isZero();
  }

  @Test
  void find_bridge_isLeftOut() {
    assertThat(find(Names.class))
        .extracting(FoundMethod::id)
        .containsExactly("find(Ljava/lang/String;)Ljava/lang/String;");
  }

  @Test
  void find_nothingAnnotated_nothing() {
    assertThat(find(Source.class)).isEmpty();
    assertThat(find(Object.class)).isEmpty();
  }

  /** An annotation of a version to come must not be taken for one with fewer values. */
  @Test
  void find_valuesOfKindsNotKnown_areSeen() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE,
        "a/A",
        null,
        "java/lang/Object",
        null);
    MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "find", "()I", null, null);
    AnnotationVisitor cached = method.visitAnnotation("Lio/larder/Cached;", true);
    AnnotationVisitor tags = cached.visitArray("tags");
    tags.visit(null, "a");
    tags.visitEnd();
    cached.visitAnnotation("tier", "Lio/larder/Tier;").visitEnd();
    cached.visit("sizes", new int[] {1});
    cached.visitEnd();
    method.visitEnd();
    writer.visitEnd();

    assertThat(
            MethodFinder.find(
                new ClassReader(writer.toByteArray()),
                Rules.NONE.exclusionsOf(null, "whatever", new byte[0])))
        .singleElement()
        .satisfies(found -> assertThat(found.values).containsKeys("tags", "tier", "sizes"));
  }

  private static FoundMethod named(String name) {
    return find(Methods.class).stream()
        .filter(method -> method.name.equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<FoundMethod> find(Class<?> type) {
    return MethodFinder.find(
        new ClassReader(ClassFiles.of(type)),
        Rules.NONE.exclusionsOf(null, "whatever", new byte[0]));
  }

  @Test
  void find_methodsThatInvalidateOrPut_withTheirValues() {
    FoundMethod invalidates = named("invalidates");
    assertThat(invalidates.annotated).isFalse();
    assertThat(invalidates.invalidations)
        .containsExactly(
            Map.of("cache", "prices", "key", List.of("a", "b.c"), "when", "BEFORE"),
            Map.of("tags", List.of("product:{a}"), "onFailure", true));
    assertThat(named("puts").puts).containsExactly(Map.of("cache", "prices"));
  }
}
