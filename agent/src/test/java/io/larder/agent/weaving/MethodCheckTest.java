package io.larder.agent.weaving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.agent.rules.Rule;
import io.larder.runtime.config.KeyPath;
import io.larder.runtime.config.MethodPattern;
import io.larder.runtime.config.MethodRule;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.PutSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MethodCheckTest {

  private static final Supertypes SUPERTYPES =
      new Supertypes(MethodCheckTest.class.getClassLoader());

  @Test
  void check_plain_defaultsHold() {
    assertThat(specOf(found("find", "(JLjava/lang/String;)Ljava/lang/String;")))
        .isEqualTo(
            new MethodSpec(
                "find",
                "(JLjava/lang/String;)Ljava/lang/String;",
                false,
                "com.acme.Shop.Prices.find",
                List.of(KeyPart.of(0), KeyPart.of(1)),
                InstanceRule.SEPARATE,
                List.of(),
                PolicySettings.NONE));
  }

  @Test
  void check_everyValue_isTaken() {
    FoundMethod method = found(Opcodes.ACC_STATIC, "find", "(I)I");
    method.values.put("name", "prices");
    method.values.put("ttl", "PT1M");
    method.values.put("maximumEntries", 7L);
    method.values.put("maximumBytes", "2MB");
    method.values.put("instances", "EQUAL");
    method.values.put("waitAtMost", "250ms");

    assertThat(specOf(method))
        .isEqualTo(
            new MethodSpec(
                "find",
                "(I)I",
                true,
                "prices",
                List.of(KeyPart.of(0)),
                InstanceRule.EQUAL,
                List.of(),
                new PolicySettings(
                    Map.of(
                        PolicySetting.TTL,
                        "1m",
                        PolicySetting.MAXIMUM_ENTRIES,
                        "7",
                        PolicySetting.MAXIMUM_BYTES,
                        "2MB",
                        PolicySetting.WAIT_AT_MOST,
                        "250ms"))));
  }

  @Test
  void check_off_isNoLimit() {
    FoundMethod method = found("find", "(I)I");
    method.values.put("ttl", "off");
    method.values.put("maximumEntries", 0L);
    method.values.put("maximumBytes", " OFF ");

    assertThat(specOf(method).declared().over(CachePolicy.DEFAULT))
        .isEqualTo(new CachePolicy(null, 0, 0, Duration.ofSeconds(5)));
  }

  @Test
  void check_keyParameters_aloneMakeTheKeyInOrder() {
    FoundMethod method = found("find", "(IJLjava/lang/String;)I");
    method.keyParameters.addAll(List.of(2, 0));

    assertThat(specOf(method).key()).containsExactly(KeyPart.of(0), KeyPart.of(2));
  }

  @Test
  void check_ignoredParameters_areLeftOut() {
    FoundMethod method = found("find", "(IJLjava/lang/String;)I");
    method.ignoredParameters.addAll(List.of(0, 1, 2));

    assertThat(specOf(method).key()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0    | <init>   | ()V                   | constructors cannot be cached; annotate a method that creates the object
          0    | <clinit> | ()V                   | constructors cannot be cached; annotate a method that creates the object
          1024 | find     | ()I                   | it is abstract; annotate the methods that implement it, or name them in larder.yaml: com.acme.Shop$Prices+#find
          256  | find     | ()I                   | it is native; annotate a method that calls it
          0    | find     | (I)V                  | it returns nothing that could be cached (void)
          0    | find     | (ILkotlin/coroutines/Continuation;)Ljava/lang/Object; | it is a Kotlin suspend function, which returns before it has a result
          """)
  void check_cannotBeCached_saysWhy(int access, String name, String descriptor, String reason) {
    assertThat(refusalOf(found(access, name, descriptor))).isEqualTo(reason);
  }

  @Test
  void check_continuationThatIsNotTheLast_isCached() {
    assertThat(specOf(found("find", "(Lkotlin/coroutines/Continuation;I)I"))).isNotNull();
  }

  @Test
  void check_asManyArgumentsAsFit_isCached() {
    assertThat(specOf(found("find", "(" + "J".repeat(124) + "I)I"))).isNotNull();
    assertThat(specOf(found(Opcodes.ACC_STATIC, "find", "(" + "J".repeat(124) + "I)I")))
        .isNotNull();
  }

  @Test
  void check_moreArgumentsThanFit_saysHowMany() {
    assertThat(refusalOf(found("find", "(" + "J".repeat(125) + ")I")))
        .isEqualTo("it takes more than 250 words of arguments");
  }

  @Test
  void check_localVariables_leaveRoomForOurs() {
    FoundMethod fits = found("find", "(I)I");
    fits.maxLocals = 65_531;
    FoundMethod tooMany = found("find", "(I)I");
    tooMany.maxLocals = 65_532;

    assertThat(specOf(fits)).isNotNull();
    assertThat(refusalOf(tooMany)).isEqualTo("it has too many local variables: 65532");
  }

  static Stream<Arguments> wrongValues() {
    String duration =
        " must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or \"PT30S\"";
    String size = "maximumBytes must be a size such as \"512KB\", \"64MB\" or \"1GB\", or \"off\"";
    return Stream.of(
        Arguments.of("ttl", "soon", "ttl" + duration + ", or \"off\": \"soon\""),
        Arguments.of("ttl", "", "ttl" + duration + ", or \"off\": \"\""),
        Arguments.of("ttl", "-5s", "ttl" + duration + ", or \"off\": \"-5s\""),
        Arguments.of("ttl", "0s", "ttl must be positive: \"0s\""),
        Arguments.of("ttl", "PT-1S", "ttl must be positive: \"PT-1S\""),
        Arguments.of(
            "ttl", "99999d", "ttl must be at most a hundred years, or \"off\": \"99999d\""),
        Arguments.of("waitAtMost", "off", "waitAtMost" + duration + ": \"off\""),
        Arguments.of("waitAtMost", "0ms", "waitAtMost must be positive: \"0ms\""),
        Arguments.of(
            "maximumEntries", -1L, "maximumEntries must be positive, or 0 for no limit: -1"),
        Arguments.of("maximumBytes", "much", size + ": \"much\""),
        Arguments.of("maximumBytes", "-1MB", size + ": \"-1MB\""),
        Arguments.of("maximumBytes", "0", "maximumBytes must be positive: \"0\""),
        Arguments.of(
            "maximumBytes",
            "9999999999TB",
            "maximumBytes must be less than 8388608TB: \"9999999999TB\""),
        Arguments.of("name", "", "name must be 1 to 200 letters, digits, '.', '_' or '-': \"\""),
        Arguments.of(
            "name",
            "my prices",
            "name must be 1 to 200 letters, digits, '.', '_' or '-': \"my prices\""),
        Arguments.of(
            "name",
            "a,type=Larder",
            "name must be 1 to 200 letters, digits, '.', '_' or '-': \"a,type=Larder\""),
        Arguments.of(
            "instances",
            "SHARED",
            "instances must be one of [SEPARATE, INTERCHANGEABLE, EQUAL]: SHARED"),
        Arguments.of(
            "staleFor",
            "1m",
            "unknown attribute staleFor; the annotations are newer than the agent, use one"
                + " version of both"));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void check_wrongValue_saysWhichAndTheWayOut(String attribute, Object value, String reason) {
    FoundMethod method = found("find", "(I)I");
    method.values.put(attribute, value);

    assertThat(refusalOf(method)).isEqualTo(reason);
  }

  /** As when the attribute has another type in another version of the annotations. */
  @ParameterizedTest
  @CsvSource({"name", "ttl", "maximumEntries", "maximumBytes", "instances", "waitAtMost"})
  void check_valueOfAnotherType_isRefusedInWords(String attribute) {
    FoundMethod method = found("find", "(I)I");
    method.values.put(attribute, 'x');

    assertThat(refusalOf(method)).contains(attribute);
  }

  @Test
  void check_keyAndIgnore_contradictEachOther() {
    FoundMethod method = found("find", "(II)I");
    method.keyParameters.add(0);
    method.ignoredParameters.add(1);

    assertThat(refusalOf(method))
        .isEqualTo(
            "@CacheKey and @CacheIgnore contradict each other on one method; keep one of the two");
  }

  @Test
  void check_severalProblems_saysEachOnce() {
    FoundMethod method = found("find", "(II)I");
    method.keyParameters.add(0);
    method.ignoredParameters.add(1);
    method.values.put("ttl", "0s");
    method.values.put("maximumEntries", -2L);
    method.values.put("instances", "SHARED");
    method.values.put("name", "my prices");

    assertThat(refusalOf(method).split("; ")).doesNotHaveDuplicates();
    assertThat(refusalOf(method))
        .contains(
            "ttl must be positive: \"0s\"",
            "maximumEntries must be positive, or 0 for no limit: -2",
            "instances must be one of [SEPARATE, INTERCHANGEABLE, EQUAL]: SHARED",
            "@CacheKey and @CacheIgnore contradict each other on one method; keep one of the two",
            "name must be 1 to 200 letters, digits, '.', '_' or '-': \"my prices\"");
  }

  @Test
  void check_oneShotResult_isRefusedWhateverElseIsWrong() {
    FoundMethod method = found("find", "()Ljava/util/stream/IntStream;");
    method.values.put("ttl", "soon");

    assertThat(refusalOf(method))
        .isEqualTo(
            "its result, java.util.stream.IntStream, is not cached: a stream can be consumed only"
                + " once; return a collection");
  }

  @Test
  void check_cachedAndInvalidating_invalidatesAndIsNotCached() {
    FoundMethod method = found("save", "(I)I");
    method.rules = List.of(rule("#*", false, 3), rule("#save", true, 5));

    MethodCheck.Outcome outcome = MethodCheck.check(method, SUPERTYPES);

    assertThat(outcome.cached()).isNull();
    assertThat(outcome.invalidates()).isNotNull();
    assertThat(outcome.refusal())
        .isEqualTo("it invalidates (larder.yaml:5), which it would not do on a hit");
  }

  /** To forget nothing would leave what is outdated. */
  @Test
  void check_invalidatingByAParameterThatIsNotThere_forgetsEverything() {
    FoundMethod method = new FoundMethod("com.acme.Shop$Prices", 0, "save", "(J)V");
    Rule all = rule("#save*", true, 5);
    MethodRule byKey =
        new MethodRule(
            all.method().pattern(), List.of(KeyPath.parse("product")), null, List.of(), 6);
    method.rules = List.of(all, new Rule("stock", byKey, Rule.Purpose.INVALIDATE, "larder.yaml:6"));

    MethodCheck.Outcome outcome = MethodCheck.check(method, SUPERTYPES);

    assertThat(outcome.invalidates())
        .isEqualTo(
            new InvalidationSpec(
                "save",
                "(J)V",
                /* isStatic= */ false,
                List.of(
                    new InvalidationSpec.Target("prices", /* everything= */ true, List.of()),
                    new InvalidationSpec.Target("stock", /* everything= */ true, List.of()))));
    assertThat(outcome.refusal()).isNull();
    assertThat(outcome.effects())
        .filteredOn(effect -> effect.kind() == WeavingOutcome.Kind.REFUSED)
        .singleElement()
        .satisfies(
            effect -> {
              assertThat(effect.rule()).isEqualTo(method.rules.get(1));
              assertThat(effect.words())
                  .startsWith("key: there is no parameter \"product\"; ")
                  .endsWith("; all of the cache is forgotten");
            });
  }

  private static FoundMethod annotated(String descriptor, Map<String, Object> invalidation) {
    FoundMethod method = new FoundMethod("com.acme.Shop$Prices", 0, "save", descriptor);
    method.setParameterName(0, "product");
    method.setParameterName(1, "result");
    method.invalidations.add(invalidation);
    return method;
  }

  private static InvalidationSpec.Target targetOf(FoundMethod method) {
    MethodCheck.Outcome outcome = MethodCheck.check(method, SUPERTYPES);
    assertThat(outcome.refusal()).isNull();
    return requireNonNull(outcome.invalidates()).targets().get(0);
  }

  private static List<String> refusalsOf(FoundMethod method) {
    return MethodCheck.check(method, SUPERTYPES).effects().stream()
        .filter(effect -> effect.kind() == WeavingOutcome.Kind.REFUSED)
        .map(Effect::words)
        .toList();
  }

  @Test
  void check_cacheInvalidate_defaultsHold() {
    FoundMethod method = annotated("(JI)V", Map.of("cache", "prices"));
    assertThat(targetOf(method))
        .isEqualTo(
            new InvalidationSpec.Target(
                "prices", /* everything= */ false, List.of(KeyPart.of(0), KeyPart.of(1))));
    method.ignoredParameters.add(1);
    assertThat(targetOf(method).key()).containsExactly(KeyPart.of(0));
  }

  @Test
  void check_cacheInvalidate_everyValueIsTaken() {
    assertThat(
            targetOf(
                annotated(
                    "(JI)V",
                    Map.of("cache", "prices", "all", true, "when", "BEFORE", "onFailure", false))))
        .isEqualTo(
            new InvalidationSpec.Target(
                "prices",
                InvalidationSpec.What.EVERYTHING,
                List.of(),
                List.of(),
                /* before= */ true,
                /* onFailure= */ false));
    assertThat(
            targetOf(
                annotated(
                    "(JI)I",
                    Map.of("tags", List.of("a:{product.id}:{result}", "b"), "onFailure", true))))
        .isEqualTo(
            new InvalidationSpec.Target(
                /* cacheName= */ "",
                InvalidationSpec.What.TAGS,
                List.of(),
                List.of("a:{0.id}:{1}", "b"), // a parameter of that name comes first
                /* before= */ false,
                /* onFailure= */ true));
    assertThat(
            targetOf(annotated("(J)I", Map.of("cache", "prices", "key", List.of("0", "result.id"))))
                .key())
        .containsExactly(KeyPart.of(0), new KeyPart(KeyPart.RESULT, List.of("id")));
  }

  /** To forget nothing would leave what is outdated. */
  @ParameterizedTest
  @MethodSource("contradictions")
  void check_cacheInvalidateThatContradictsItself_forgetsEverything(
      Map<String, Object> values, String reason) {
    FoundMethod method = annotated("(J)V", values);
    assertThat(refusalsOf(method)).containsExactly(reason + "; all of the cache is forgotten");
    assertThat(targetOf(method).what()).isEqualTo(InvalidationSpec.What.EVERYTHING);
    assertThat(targetOf(method).cacheName()).isEqualTo("prices");
  }

  static Stream<Arguments> contradictions() {
    return Stream.of(
        contradiction(
            "all = true forgets everything; leave out key and tags",
            "all",
            true,
            "key",
            List.of("0")),
        contradiction(
            "tags and key cannot both say what is forgotten; write two annotations",
            "tags",
            List.of("a"),
            "key",
            List.of("0")),
        contradiction(
            "onFailure means nothing with BEFORE, which forgets however the call ends",
            "when",
            "BEFORE",
            "onFailure",
            true),
        contradiction("key: there is no result (void)", "key", List.of("result")),
        contradiction(
            "key: there is no parameter \"other\"; its parameters are product",
            "key",
            List.of("other")),
        contradiction(
            "tags: there is no parameter \"other\"; its parameters are product",
            "tags",
            List.of("a{other}")),
        contradiction("tag \"a{\": a } is missing behind \"{\"", "tags", List.of("a{")),
        contradiction(
            "unknown attribute wheneverPossible; the annotations are newer than the agent, use one"
                + " version of both",
            "wheneverPossible",
            true),
        contradiction(
            "all has another type than this agent knows; use one version of agent and annotations",
            "all",
            "yes"));
  }

  private static Arguments contradiction(String reason, Object... values) {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("cache", "prices"));
    for (int i = 0; i < values.length; i += 2) {
      all.put((String) values[i], values[i + 1]);
    }
    return Arguments.of(all, reason);
  }

  @Test
  void check_resultBeforeTheMethodRan_forgetsEverything() {
    FoundMethod method =
        annotated("(J)I", Map.of("cache", "prices", "when", "BEFORE", "key", List.of("result")));
    assertThat(refusalsOf(method))
        .containsExactly("key: there is no result before it runs; all of the cache is forgotten");
  }

  @Test
  void check_cacheInvalidateOfNothing_isRefused() {
    List<Map<String, Object>> wrong = List.of(Map.of("all", true), Map.of("cache", "my prices"));
    for (Map<String, Object> values : wrong) {
      FoundMethod method = annotated("(J)V", values);
      assertThat(MethodCheck.check(method, SUPERTYPES).invalidates()).isNull();
      assertThat(refusalsOf(method)).hasSize(1);
    }
  }

  @Test
  void check_cachePut_isTaken_orForgetsInstead() {
    FoundMethod method = new FoundMethod("com.acme.Shop$Prices", 0, "save", "(J)I");
    method.puts.add(
        Map.of(
            "cache",
            "prices",
            "key",
            List.of("result"),
            "resultOf",
            "find",
            "unless",
            List.of("result == 0")));
    assertThat(requireNonNull(MethodCheck.check(method, SUPERTYPES).invalidates()).puts())
        .containsExactly(
            new PutSpec(
                "prices",
                List.of(new KeyPart(KeyPart.RESULT, List.of())),
                "find",
                List.of("result == 0")));

    FoundMethod nothing = new FoundMethod("com.acme.Shop$Prices", 0, "save", "(J)V");
    nothing.puts.add(Map.of("cache", "prices"));
    assertThat(refusalsOf(nothing))
        .containsExactly(
            "it returns nothing that could be cached (void); what is there for its key is"
                + " forgotten");
    assertThat(targetOf(nothing))
        .isEqualTo(
            new InvalidationSpec.Target("prices", /* everything= */ false, List.of(KeyPart.of(0))));
  }

  @Test
  void check_cachedAndPutting_putsAndIsNotCached() {
    FoundMethod method = found("save", "(J)I");
    method.puts.add(Map.of("cache", "prices"));
    MethodCheck.Outcome outcome = MethodCheck.check(method, SUPERTYPES);
    assertThat(outcome.cached()).isNull();
    assertThat(outcome.refusal())
        .isEqualTo("it puts its result into a cache (@CachePut), which it would not do on a hit");
  }

  @Test
  void check_constructorThatInvalidates_isRefused() {
    FoundMethod method = new FoundMethod("com.acme.Shop$Prices", 0, "<init>", "(J)V");
    method.invalidations.add(Map.of("cache", "prices"));
    assertThat(MethodCheck.check(method, SUPERTYPES).refusal())
        .isEqualTo("constructors cannot invalidate; annotate a method that calls it");
  }

  private static Rule rule(String method, boolean invalidates, int line) {
    MethodPattern pattern = MethodPattern.parse("com.acme.Shop$Prices" + method);
    return new Rule(
        "prices",
        new MethodRule(pattern, null, null, List.of(), line),
        invalidates ? Rule.Purpose.INVALIDATE : Rule.Purpose.CACHE,
        "larder.yaml:" + line);
  }

  private static FoundMethod found(String name, String descriptor) {
    return found(0, name, descriptor);
  }

  private static FoundMethod found(int access, String name, String descriptor) {
    FoundMethod method = new FoundMethod("com.acme.Shop$Prices", access, name, descriptor);
    method.annotated = true;
    return method;
  }

  private static MethodSpec specOf(FoundMethod method) {
    MethodCheck.Outcome outcome = MethodCheck.check(method, SUPERTYPES);
    assertThat(outcome.refusal()).isNull();
    MethodSpec spec = outcome.cached();
    if (spec == null) {
      throw new AssertionError("neither refused nor accepted");
    }
    return spec;
  }

  private static String refusalOf(FoundMethod method) {
    MethodCheck.Outcome outcome = MethodCheck.check(method, SUPERTYPES);
    assertThat(outcome.cached()).isNull();
    return String.valueOf(outcome.refusal());
  }
}
