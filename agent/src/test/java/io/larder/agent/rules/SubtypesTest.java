package io.larder.agent.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.agent.ClassFiles;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubtypesTest {

  private final Subtypes subtypes = new Subtypes();
  private final Map<String, byte[]> classFiles = new HashMap<>();
  private final List<String> read = new ArrayList<>();

  /** Has class files that were never classes. */
  private final ClassLoader loader =
      new ClassLoader(null) {
        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
          read.add(name);
          byte[] there = classFiles.get(name);
          return there == null ? null : new ByteArrayInputStream(there);
        }
      };

  private byte[] define(String name, String superName, String... interfaces) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, superName, interfaces);
    classFiles.put(name + ".class", writer.toByteArray());
    return writer.toByteArray();
  }

  @Test
  void supertypesOf_aClass_areAllOfThemButObject() {
    assertThat(
            subtypes.supertypesOf(
                getClass().getClassLoader(),
                RulesTest.PriceDao.class.getName(),
                ClassFiles.of(RulesTest.PriceDao.class)))
        .containsExactlyInAnyOrder(
            RulesTest.PriceDao.class.getName(),
            RulesTest.BaseDao.class.getName(),
            RulesTest.Dao.class.getName());
  }

  @Test
  void supertypesOf_interfacesOfInterfaces_areReadOnce() {
    define("a/Top", "java/lang/Object");
    define("a/Left", "java/lang/Object", "a/Top");
    define("a/Right", "java/lang/Object", "a/Top");
    byte[] bottom = define("a/Bottom", "java/lang/Object", "a/Left", "a/Right");
    assertThat(subtypes.supertypesOf(loader, "a.Bottom", bottom))
        .containsExactlyInAnyOrder("a.Bottom", "a.Left", "a.Right", "a.Top");
    subtypes.supertypesOf(loader, "a.Bottom", bottom);
    assertThat(read).containsOnlyOnce("a/Top.class", "a/Left.class", "a/Right.class");
  }

  @Test
  void supertypesOf_whatIsNotThere_isItselfAlone() {
    byte[] orphan = define("a/Orphan", "b/Gone");
    assertThat(subtypes.supertypesOf(loader, "a.Orphan", orphan))
        .containsExactlyInAnyOrder("a.Orphan", "b.Gone");
  }

  @Test
  void supertypesOf_sameNameInAnotherLoader_isAnotherClass() {
    byte[] first = define("a/Dao", "a/Base");
    subtypes.supertypesOf(loader, "a.Dao", first);
    assertThat(subtypes.supertypesOf(null, "a.Dao", define("a/Dao", "a/Other")))
        .contains("a.Other")
        .doesNotContain("a.Base");
  }

  /** The JVM refuses such classes, but asks us before it does. */
  @Test
  void supertypesOf_ring_ends() {
    define("a/One", "java/lang/Object", "a/Two", "a/Three");
    define("a/Two", "java/lang/Object", "a/Three", "a/One");
    byte[] three = define("a/Three", "java/lang/Object", "a/One", "a/Two");
    assertThat(subtypes.supertypesOf(loader, "a.Three", three)).contains("a.Three", "a.One");
  }
}
