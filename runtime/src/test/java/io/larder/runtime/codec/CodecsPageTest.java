package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Stack;
import java.util.TreeMap;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/codecs.md shows, done. */
class CodecsPageTest {

  private static String page() throws Exception {
    return Files.readString(Path.of("..", "docs", "codecs.md"));
  }

  private static String block(String language) throws Exception {
    Matcher matcher = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(page());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void example_isStored() throws Exception {
    CompiledApplication shop = CompiledApplication.of(block("java"));
    ValueCodec codec =
        ValueCodecs.of(
            "auto",
            shop,
            shop.returned("com.acme.shop.Orders", "find"),
            AllowedClasses.of("com.acme.shop.Orders$Line"));
    Object order = shop.call("com.acme.shop.Orders", "find");
    assertThat(codec.decode(codec.encode(order))).isEqualTo(order);
    assertThat(codec.id()).isEqualTo(ForyCodec.ID);
  }

  @SuppressWarnings("JdkObsolete") // they are what it is about
  static Stream<Object> collectionsThatAreNotStored() {
    TreeMap<String, String> map = new TreeMap<>(Map.of("k", "v"));
    return Stream.of(
        map.keySet(),
        new HashMap<>(map).keySet(),
        map.values(),
        map.entrySet(),
        map.subMap("a", "z"),
        map.headMap("z"),
        map.tailMap("a"),
        new ArrayList<>(List.of(1, 2)).subList(0, 1),
        Collections.newSetFromMap(new HashMap<>()),
        Collections.checkedList(new ArrayList<>(), String.class),
        Collections.nCopies(2, "x"),
        Collections.synchronizedSortedMap(map),
        new PriorityQueue<>(List.of(1)),
        new Vector<>(List.of(1)),
        new Stack<>(),
        new Hashtable<>(map),
        new Properties(),
        new IdentityHashMap<>(),
        new WeakHashMap<>(map),
        ConcurrentHashMap.newKeySet(),
        new ConcurrentLinkedQueue<>(),
        new ConcurrentLinkedDeque<>(),
        new LinkedBlockingQueue<>());
  }

  @ParameterizedTest
  @MethodSource("collectionsThatAreNotStored")
  void collections_namedAsNotStored_areNot(Object value) throws Exception {
    for (String name : List.of("fory", "jdk")) {
      ValueCodec codec =
          ValueCodecs.of(name, getClass().getClassLoader(), Object.class, AllowedClasses.none());
      assertThatThrownBy(() -> codec.encode(value)).isInstanceOf(NotStorableException.class);
    }
  }

  @Test
  void message_isTheOneThatPeopleRead() throws Exception {
    assertThat(page()).contains("\n" + Names.notAllowed("com.acme.shop.Cheque") + "\n");
  }

  @Test
  void json_isTheOneThatJacksonWrites() throws Exception {
    record Line(String sku, int quantity, BigDecimal price) {}
    record Transfer(String iban) {}
    record Order(long id, List<Line> lines, Transfer payment) {}
    Line line = new Line("a-1", 2, new BigDecimal("9.90"));
    byte[] json =
        ValueCodecs.of("json", getClass().getClassLoader(), Order.class, AllowedClasses.none())
            .encode(new Order(5, List.of(line), new Transfer("DE00")));
    assertThat(block("json")).isEqualTo(new String(json, StandardCharsets.UTF_8) + "\n");
  }
}
