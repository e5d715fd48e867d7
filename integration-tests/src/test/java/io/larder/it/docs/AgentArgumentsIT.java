package io.larder.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.platform.Small;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of agent arguments against what the agent says to right and wrong ones. */
class AgentArgumentsIT {

  /** One row. */
  private record Argument(
      String name, String property, String variable, List<String> values, String otherwise) {

    static Argument of(List<String> row) {
      return new Argument(
          Page.code(row.get(0)).get(0),
          Page.code(row.get(1)).get(0),
          Page.code(row.get(2)).get(0),
          Page.code(row.get(3)),
          Page.code(row.get(4)).get(0));
    }

    String refusal(String origin) {
      return "[larder] WARN "
          + origin
          + " must be one of "
          + String.join(", ", values)
          + ": \"wrong\"; "
          + otherwise
          + " holds";
    }
  }

  /** All but the one that takes any path. */
  private static final List<Argument> ARGUMENTS =
      Page.of("docs/agent.md").table().stream()
          .filter(row -> !Page.code(row.get(0)).get(0).equals("config"))
          .map(Argument::of)
          .toList();

  @Test
  void wrongValues_inEachPlace_areReportedWithTheValuesOfTheTable() {
    Jvm inArguments =
        small()
            .agentArguments(
                ARGUMENTS.stream().map(a -> a.name() + "=wrong").collect(Collectors.joining(";")));
    Jvm inProperties = small();
    Jvm inEnvironment = small();
    for (Argument argument : ARGUMENTS) {
      inProperties.systemProperty(argument.property(), "wrong");
      inEnvironment.environment(argument.variable(), "wrong");
    }

    assertRefused(inArguments, "agent argument", Argument::name);
    assertRefused(inProperties, "system property", Argument::property);
    assertRefused(inEnvironment, "environment variable", Argument::variable);
  }

  @Test
  void unknownArgument_andOneWithoutValue_areReported() {
    Outcome outcome = small().agentArguments("lgo=debug;log").run().requireSuccess();

    assertThat(outcome.larderLines())
        .containsExactly(
            "[larder] WARN unknown agent argument \"lgo\" is ignored; known: config, "
                + ARGUMENTS.stream().map(Argument::name).collect(Collectors.joining(", ")),
            "[larder] WARN agent argument \"log\" has no value and is ignored; write log=...");
    assertThat(outcome.fact("square.bodies")).isEqualTo("1");
  }

  @Test
  void eachValue_ofTheTable_isTaken() {
    List<String> tried = new ArrayList<>();
    int most = ARGUMENTS.stream().mapToInt(a -> a.values().size()).max().orElseThrow();
    for (int i = 0; i < most; i++) {
      int turn = i;
      Map<String, String> values =
          ARGUMENTS.stream()
              .collect(
                  Collectors.toMap(
                      Argument::name, a -> a.values().get(Math.min(turn, a.values().size() - 1))));
      String text =
          values.entrySet().stream().map(Object::toString).collect(Collectors.joining(";"));
      Outcome outcome = small().agentArguments(text).run().requireSuccess();
      tried.add(text);

      assertThat(outcome.larderLines()).as(text).noneMatch(line -> line.contains(" WARN "));
      assertThat(outcome.fact("square.bodies"))
          .as(text)
          .isEqualTo("false".equals(values.get("enabled")) ? "2" : "1");
    }
    assertThat(tried).doesNotHaveDuplicates();
  }

  private static void assertRefused(Jvm jvm, String place, Function<Argument, String> name) {
    Outcome outcome = jvm.run().requireSuccess();

    assertThat(outcome.larderLines())
        .containsExactlyElementsOf(
            ARGUMENTS.stream().map(a -> a.refusal(place + " " + name.apply(a))).toList());
    assertThat(outcome.fact("square.bodies")).isEqualTo("1");
  }

  private static Jvm small() {
    return Jvm.of(Jdks.current()).agent().testClasses().main(Small.class);
  }
}
