package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.fory.Fory;
import org.apache.fory.logging.LoggerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that somebody wrote to the store to have code run: of classes that are on the class path of
 * the application, but in no result. Neither codec runs, initializes or even loads them.
 */
class GadgetsTest {

  private static final String RAN = "larder.gadget";
  private static final String MARK = "System.setProperty(\"" + RAN + "\", \"ran\");";
  private static final String INIT = " static { " + MARK + " } ";

  private static final String[] SOURCES = {
    "package evil; public class ReadObject implements java.io.Serializable {"
        + " private void readObject(java.io.ObjectInputStream in) { MARK } INIT }",
    "package evil; public class Resolve implements java.io.Serializable { Object readResolve()"
        + " { MARK return this; } INIT }",
    "package evil; public class External implements java.io.Externalizable { public External() {"
        + " MARK } public void writeExternal(java.io.ObjectOutput out) {} public void"
        + " readExternal(java.io.ObjectInput in) { MARK } }",
    "package evil; public record Record(String text) implements java.io.Serializable {"
        + " public Record { MARK } }",
    "package evil; public class Bean implements java.io.Serializable { private String text = \"x\";"
        + " public void setText(String value) { MARK text = value; } public String getText()"
        + " { return text; } INIT }",
    "package evil; public class Key implements java.io.Serializable, Comparable<Key> { public int"
        + " hashCode() { MARK return 1; } public int compareTo(Key other) { MARK return 0; } }",
    "package evil; public class Order implements java.util.Comparator<Object>, java.io.Serializable"
        + " { public int compare(Object a, Object b) { MARK return 0; } }",
    "package evil; public enum Choice { ONE; INIT }",
    "package evil; public class Handler implements java.lang.reflect.InvocationHandler,"
        + " java.io.Serializable { public Object invoke(Object p, java.lang.reflect.Method m,"
        + " Object[] a) { MARK return 1; } }",
    "package evil; import java.util.*; import java.io.*; public class Corpus {"
        + " interface Task extends Runnable, Serializable {}"
        + " public static Map<String, Object> all() { Map<String, Object> all = new HashMap<>();"
        + " all.put(\"readObject\", new ReadObject()); all.put(\"readResolve\", new Resolve());"
        + " all.put(\"externalizable\", new External()); all.put(\"record\", new Record(\"x\"));"
        + " all.put(\"bean\", new Bean()); all.put(\"hashCode\", new HashMap<>(Map.of(new Key(),"
        + " 1))); all.put(\"set\", new HashSet<>(List.of(new Key())));"
        + " PriorityQueue<Object> queue = new PriorityQueue<>(new Order()); queue.add(1);"
        + " queue.add(2); all.put(\"priorityQueue\", queue);"
        + " TreeMap<Object, Object> map = new TreeMap<>(new Order()); map.put(1, 2);"
        + " all.put(\"comparator\", map); all.put(\"treeSet\", new TreeSet<>(List.of(new Key())));"
        + " all.put(\"enum\", Choice.ONE); all.put(\"class\", Bean.class);"
        + " all.put(\"array\", new Bean[] {new Bean()});"
        + " all.put(\"lambda\", (Task) () -> { MARK }); all.put(\"proxy\","
        + " java.lang.reflect.Proxy.newProxyInstance(Corpus.class.getClassLoader(), new Class<?>[]"
        + " {Comparable.class}, new Handler())); return all; } }",
    "package shop; public record Item(Object any, java.util.List<String> names) implements"
        + " java.io.Serializable { public static Item item() { return new Item(1,"
        + " java.util.List.of()); } public static Object anything() { return 1; } }"
  };

  private static CompiledApplication application() {
    String[] sources = SOURCES.clone();
    for (int i = 0; i < sources.length; i++) {
      sources[i] = sources[i].replace("INIT", INIT).replace("MARK", MARK);
    }
    return CompiledApplication.of(sources);
  }

  @AfterEach
  void clear() {
    System.clearProperty(RAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fory", "jdk"})
  void decode_gadget_runsAndLoadsNothing(String name) throws Exception {
    Map<String, byte[]> corpus = corpus();
    assertThat(corpus).hasSizeGreaterThan(60);
    CompiledApplication victim = application();
    for (String method : List.of("item", "anything")) {
      Type returned = victim.returned("shop.Item", method);
      ValueCodec codec = ValueCodecs.of(name, victim, returned, AllowedClasses.none());
      codec.encode(null); // all is made that it needs
      System.clearProperty(RAN);
      corpus.forEach(
          (gadget, payload) -> {
            try {
              Object value = codec.decode(payload);
              assertThat(String.valueOf(value)).as(gadget).doesNotContain("evil");
            } catch (DamagedEntryException refused) {
              assertThat(refused.reason()).isEqualTo(DamagedEntryException.Reason.VALUE);
            }
            assertThat(System.getProperty(RAN)).as("%s ran in %s", gadget, method).isNull();
            assertThat(victim.asked())
                .as("%s in %s", gadget, method)
                .noneMatch(loaded -> loaded.startsWith("evil"));
          });
    }
  }

  /** As the attacker's tools write them, alone and in what the method returns. */
  private static Map<String, byte[]> corpus() throws Exception {
    LoggerFactory.disableLogging();
    CompiledApplication attacker = application();
    Map<String, byte[]> corpus = new LinkedHashMap<>();
    @SuppressWarnings("unchecked")
    Map<String, Object> gadgets = (Map<String, Object>) attacker.call("evil.Corpus", "all");
    List<Fory> writers =
        List.of(
            fory(attacker, true, false), fory(attacker, true, true), fory(attacker, false, false));
    Fory byName = fory(attacker, true, false);
    for (String each : List.of("ReadObject", "Record", "Bean", "Key", "Order", "Choice")) {
      byName.register(attacker.loadClass("evil." + each), "evil", each);
    }
    for (Map.Entry<String, Object> gadget : gadgets.entrySet()) {
      for (Object value : List.of(gadget.getValue(), List.of(gadget.getValue()))) {
        String key = gadget.getKey() + (value instanceof List ? " in a list" : "");
        corpus.put(key + ", jdk", jdk(value));
        for (Fory writer : writers) {
          corpus.put(key + ", fory " + writers.indexOf(writer), writer.serialize(value));
        }
        corpus.put(key + ", by name", byName.serialize(value));
      }
    }
    String json = "[\"evil.Bean\",{\"text\":\"x\"}]";
    corpus.put("json", json.getBytes(StandardCharsets.UTF_8));
    corpus.put("timer", "[\"java.util.Timer\",[]]".getBytes(StandardCharsets.UTF_8));
    return corpus;
  }

  private static Fory fory(ClassLoader loader, boolean compatible, boolean references) {
    return Fory.builder()
        .withXlang(false)
        .withClassLoader(loader)
        .withCompatible(compatible)
        .withRefTracking(references)
        .withCodegen(false)
        .requireClassRegistration(false)
        .suppressClassRegistrationWarnings(true)
        .build();
  }

  private static byte[] jdk(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  /** The corpus does run where nothing forbids it, else it would prove nothing. */
  @Test
  void corpus_unprotected_runs() throws Exception {
    CompiledApplication attacker = application();
    Object bean = ((Map<?, ?>) attacker.call("evil.Corpus", "all")).get("hashCode");
    byte[] payload = fory(attacker, true, false).serialize(bean);
    System.clearProperty(RAN);
    fory(attacker, true, false).deserialize(payload);
    assertThat(System.getProperty(RAN)).isEqualTo("ran");
  }

  /** Sets that share their elements: hashing them takes for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"fory", "jdk"})
  void decode_setsOfSets_endsSoon(String name) throws Exception {
    ValueCodec codec =
        ValueCodecs.of(
            name, GadgetsTest.class.getClassLoader(), Object.class, AllowedClasses.none());
    Set<Object> root = new HashSet<>();
    Set<Object> one = root;
    Set<Object> other = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      Set<Object> nextOne = new HashSet<>(List.of("x" + i));
      Set<Object> nextOther = new HashSet<>();
      List.of(one, other).forEach(set -> addUnhashed(set, nextOne, nextOther));
      one = nextOne;
      other = nextOther;
    }
    List<byte[]> bombs = new ArrayList<>();
    bombs.add(jdk(root));
    bombs.add(fory(GadgetsTest.class.getClassLoader(), true, true).serialize(root));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (byte[] bomb : bombs) {
            assertThatThrownBy(() -> codec.decode(bomb)).isInstanceOf(DamagedEntryException.class);
          }
        });
  }

  /** While they are empty, so that it takes no time to make the bomb. */
  private static void addUnhashed(Set<Object> set, Set<Object> one, Set<Object> other) {
    set.add(one);
    set.add(other);
  }
}
