package io.larder.it.injected;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.injected.WrongEntry;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class WrongEntryIT {

  private static final Map<String, String> ANSWERS =
      Map.of(
          "int", "11",
          "boolean", "true",
          "double", "1.5",
          "long", "10000000001",
          "Long", "10000000001",
          "record", "1",
          "ints", "1",
          "interface", "31");

  @EachJdk
  void entry_ofWrongType_neverSkipsTheBody(Jdk jdk) {
    Map<String, String> expected = new LinkedHashMap<>();
    for (String injected :
        List.of("before", "String", "Float", "Short", "Character", "List12", "long[]", "Object")) {
      ANSWERS.forEach((method, answer) -> expected.put(injected + "/" + method, answer));
    }
    expected.put("null/int", "11");
    expected.put("null/String", "text 1");
    // Seven values and null under each of the eight keys: each time the right result was back.
    expected.put("replaced", "64");

    assertThat(
            Jvm.of(jdk)
                .agent()
                .option("--add-opens", "java.base/java.lang=ALL-UNNAMED")
                .testClasses()
                .main(WrongEntry.class)
                .run()
                .requireSuccess()
                .facts())
        .containsExactlyInAnyOrderEntriesOf(expected);
  }
}
