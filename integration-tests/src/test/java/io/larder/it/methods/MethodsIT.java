package io.larder.it.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.methods.Bodies;
import io.larder.it.apps.methods.Exceptions;
import io.larder.it.apps.methods.Inheritance;
import io.larder.it.apps.methods.KeyContents;
import io.larder.it.apps.methods.MethodKinds;
import io.larder.it.apps.methods.Parameters;
import io.larder.it.apps.methods.ReturnTypes;
import io.larder.it.apps.methods.Shapes;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs one application without and with the agent: it must print the same answers, exceptions with
 * their stack traces included, while the bodies of its methods run less often.
 */
class MethodsIT {

  /** Of three calls the second repeats the first, unless said otherwise. */
  private static final String ONCE_PER_KEY = "2";

  @EachJdk
  void eachKindOfMethod_repeatedCall_runsBodyOncePerKey(Jdk jdk) {
    assertThat(compare(jdk, MethodKinds.class).bodies())
        .hasSize(19)
        .allSatisfy((method, bodies) -> assertThat(bodies).isEqualTo(ONCE_PER_KEY));
  }

  @EachJdk
  void eachReturnType_repeatedCall_sameObjectFromCache(Jdk jdk) {
    Comparison comparison = compare(jdk, ReturnTypes.class);

    assertThat(comparison.bodies())
        .hasSize(26)
        .allSatisfy((method, bodies) -> assertThat(bodies).isEqualTo(ONCE_PER_KEY));
    assertThat(comparison.ending(".identical"))
        .hasSize(16)
        .allSatisfy((method, identical) -> assertThat(identical).isEqualTo("true"));
  }

  @EachJdk
  void parameters_ofEachType_makeTheKey(Jdk jdk) {
    Map<String, String> bodies = compare(jdk, Parameters.class).bodies();

    assertThat(bodies).hasSize(22);
    assertThat(bodies.remove("none")).isEqualTo("1");
    assertThat(bodies).allSatisfy((method, count) -> assertThat(count).isEqualTo(ONCE_PER_KEY));
  }

  @EachJdk
  void keys_withOddContents_compareByValueAtTheCall(Jdk jdk) {
    Map<String, String> bodies = compare(jdk, KeyContents.class).bodies();

    assertThat(bodies).hasSize(17);
    assertThat(bodies.remove("ignoringAll")).isEqualTo("1");
    assertThat(bodies).allSatisfy((method, count) -> assertThat(count).isEqualTo(ONCE_PER_KEY));
  }

  @EachJdk
  void exceptions_thrownByBody_arriveUntouchedAndAreNotCached(Jdk jdk) {
    Comparison comparison = compare(jdk, Exceptions.class);

    assertThat(comparison.bodies())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "unchecked", "2",
                "checked", "2",
                "error", "2",
                "static", "2",
                "synchronized", "2",
                "nested", "2",
                "recovering", "2",
                "jdk", "2",
                "rethrown", "1",
                "afterOverflow", "1"));
    assertThat(comparison.with().fact("deep")).isEqualTo("overflowed");
    assertThat(comparison.with().fact("rethrown")).isEqualTo("true");
  }

  @EachJdk
  void bodiesOfAllShapes_woven_passTheVerifierAndAreCached(Jdk jdk) {
    assertThat(compare(jdk, Bodies.class).bodies())
        .hasSize(16)
        .allSatisfy((method, bodies) -> assertThat(bodies).isEqualTo(ONCE_PER_KEY));
  }

  @EachJdk
  void inheritance_bridgesAndOverrides_eachBodyWovenOnce(Jdk jdk) {
    Comparison comparison = compare(jdk, Inheritance.class);

    assertThat(comparison.bodies())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "bridge", "2",
                "covariant", "2",
                "overriddenWithout", "3",
                "superCall", "2",
                "siblings", "2",
                "interfaceOnly", "3"));
    assertThat(comparison.with().facts())
        .containsEntry("bridge.misses", "2")
        .containsEntry("bridge.hits", "2")
        .containsEntry("covariant.misses", "2")
        .containsEntry("covariant.hits", "1")
        .containsEntry("superCall.base", "2");
  }

  /** Nothing is added: no member, no interface, and so no other serial version. */
  @EachJdk
  void shapeOfTheClass_woven_isUnchanged(Jdk jdk) {
    assertThat(compare(jdk, Shapes.class).with().fact("methods")).contains("@io.larder.Cached");
  }

  private static Comparison compare(Jdk jdk, Class<?> application) {
    Outcome without = Jvm.of(jdk).testClasses().main(application).run().requireSuccess();
    Outcome with = Jvm.of(jdk).agent().testClasses().main(application).run().requireSuccess();
    Comparison comparison = new Comparison(with);
    assertThat(comparison.answers()).isEqualTo(new Comparison(without).answers());
    assertThat(with.stderr()).as(with.toString()).doesNotContain("WARN", "ERROR", "Exception");
    return comparison;
  }

  /** The facts of one run by their kind. */
  private record Comparison(Outcome with) {

    Map<String, String> answers() {
      Map<String, String> answers = with.facts();
      answers.keySet().removeIf(name -> name.contains("."));
      return answers;
    }

    Map<String, String> bodies() {
      return ending(".bodies");
    }

    Map<String, String> ending(String suffix) {
      Map<String, String> found = new LinkedHashMap<>();
      with.facts()
          .forEach(
              (name, value) -> {
                if (name.endsWith(suffix)) {
                  found.put(name.substring(0, name.length() - suffix.length()), value);
                }
              });
      return found;
    }
  }
}
