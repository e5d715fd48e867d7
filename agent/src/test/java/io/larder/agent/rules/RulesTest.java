package io.larder.agent.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.agent.ClassFiles;
import io.larder.runtime.config.ConfigurationFile;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesTest {

  private static final ClassLoader LOADER = RulesTest.class.getClassLoader();
  private static final String PACKAGE = RulesTest.class.getPackageName();

  @interface Slow {}

  interface Dao {
    String find(long id);
  }

  abstract static class BaseDao implements Dao {
    abstract void reset();
  }

  static class PriceDao extends BaseDao {
    @Override
    public String find(long id) {
      return "price " + id;
    }

    @Override
    void reset() {}
  }

  static class Marked {
    @Slow
    int slow() {
      return 1;
    }

    int fast() {
      return 2;
    }
  }

  private static Rules rules(String yaml) {
    // The nested classes of this test by a short name.
    String text = yaml.replace("$", RulesTest.class.getName() + "$");
    return Rules.of(
        Objects.requireNonNull(
            ConfigurationFile.parse("larder.yaml", text).configuration(),
            () -> ConfigurationFile.parse("larder.yaml", text).problems().toString()),
        "larder.yaml");
  }

  private static @Nullable ClassRules about(Rules rules, Class<?> type) {
    return rules.of(LOADER, type.getName(), ClassFiles.of(type));
  }

  /** The lines of the rules that name {@code find(long)} of a class, if it has a body. */
  private static List<String> onFind(Rules rules, Class<?> type, boolean hasBody) {
    ClassRules said = about(rules, type);
    return said == null
        ? List.of()
        : said.of("find", hasBody, List.of("long"), Set.of()).stream().map(Rule::origin).toList();
  }

  @Test
  void of_classThatNoRuleNames_isNothing() {
    Rules rules = rules("caches: {prices: {methods: ['$PriceDao#find', 'org.acme..*#get']}}");
    assertThat(about(rules, Marked.class)).isNull();
    assertThat(about(Rules.NONE, PriceDao.class)).isNull();
  }

  @Test
  void of_exactNamePackageAndSupertype_inTheOrderOfTheFile() {
    Rules rules =
        rules(
            """
            caches:
              a:
                methods:
                  - PACKAGE..*Dao#find(long)
                  - $Dao+#find
              b:
                methods:
                  - $PriceDao#find(long)
                  - $PriceDao#find(int)
                invalidatedBy:
                  - $PriceDao#f*
            """
                .replace("PACKAGE", PACKAGE));
    assertThat(onFind(rules, PriceDao.class, true))
        .containsExactly("larder.yaml:4", "larder.yaml:5", "larder.yaml:8", "larder.yaml:11");
    assertThat(rules.all()).extracting(Rule::invalidates).endsWith(false, true);
  }

  @Test
  void of_subtypes_meansAllThatImplementOrExtend() {
    Rules rules = rules("caches: {prices: {methods: '$Dao+#find'}}");
    assertThat(onFind(rules, PriceDao.class, true)).as("through its superclass").hasSize(1);
    assertThat(onFind(rules, Dao.class, true)).as("a default method").hasSize(1);
    assertThat(onFind(rules, Dao.class, false)).as("not meant, so not refused").isEmpty();
    assertThat(onFind(rules, Marked.class, true)).isEmpty();
  }

  @Test
  void of_interfaceWithoutPlus_meansItsOwnMethodsAlone() {
    Rules rules = rules("caches: {prices: {methods: '$Dao#find'}}");
    assertThat(onFind(rules, PriceDao.class, true)).isEmpty();
    assertThat(onFind(rules, Dao.class, false)).as("to be refused with a hint").hasSize(1);
  }

  @Test
  void of_annotation_onlyMethodsThatCarryIt() {
    Rules rules = rules("caches: {slow: {methods: '@$Slow'}}");
    ClassRules said = Objects.requireNonNull(about(rules, Marked.class));
    assertThat(said.of("slow", true, List.of(), Set.of(Slow.class.getName()))).hasSize(1);
    assertThat(said.of("fast", true, List.of(), Set.of(Override.class.getName()))).isEmpty();
    assertThat(about(rules, PriceDao.class)).as("names no such annotation").isNull();
  }

  private static @Nullable String exclusionOf(
      Rules rules, Class<?> type, String method, Set<String> annotations) {
    return rules
        .exclusionsOf(LOADER, type.getName(), ClassFiles.of(type))
        .exclusionOf(method, List.of(), annotations);
  }

  @Test
  void exclusion_ofAMethodOrAClass() {
    Rules rules = rules("exclude: ['$Marked#fast', '$PriceDao']");
    assertThat(exclusionOf(rules, Marked.class, "fast", Set.of())).isEqualTo("larder.yaml");
    assertThat(exclusionOf(rules, Marked.class, "slow", Set.of())).isNull();
    assertThat(exclusionOf(rules, PriceDao.class, "reset", Set.of())).isNotNull();
    assertThat(exclusionOf(rules, BaseDao.class, "reset", Set.of())).isNull();
  }

  @Test
  void exclusion_byAnnotation_leavesOtherMethodsAlone() {
    Rules rules = rules("exclude: '@$Slow'");
    assertThat(exclusionOf(rules, Marked.class, "slow", Set.of(Slow.class.getName()))).isNotNull();
    assertThat(exclusionOf(rules, Marked.class, "fast", Set.of())).isNull();
  }

  @Test
  void exclusion_ofSubtypes_reachesThem() {
    Rules rules = rules("exclude: '$Dao+'");
    assertThat(exclusionOf(rules, PriceDao.class, "reset", Set.of())).isNotNull();
    assertThat(exclusionOf(rules, Marked.class, "fast", Set.of())).isNull();
    assertThat(rules.saidAbout(PriceDao.class)).hasSize(1);
    assertThat(rules.saidAbout(Marked.class)).isEmpty();
  }

  @Test
  void of_ruleAndExclusion_bothAreSaid() {
    Rules rules = rules("{caches: {prices: {methods: '$Dao+#*'}}, exclude: '$PriceDao#reset'}");
    ClassRules said = Objects.requireNonNull(about(rules, PriceDao.class));
    assertThat(said.exclusionOf("reset", List.of(), Set.of())).isNotNull();
    assertThat(said.exclusionOf("find", List.of("long"), Set.of())).isNull();
  }

  /** Lines that are added above must not have classes woven anew. */
  @Test
  void saidAbout_sameRulesElsewhereInTheFile_isTheSame() {
    Rules before = rules("caches: {prices: {methods: '$Dao+#find'}}");
    Rules moved = rules("\n\ndefaults: {ttl: 1m}\ncaches: {prices: {methods: '$Dao+#find'}}");
    assertThat(moved.saidAbout(PriceDao.class)).isEqualTo(before.saidAbout(PriceDao.class));
  }

  @Test
  void saidAbout_anythingThatIsWovenDifferently_differs() {
    List<String> before =
        rules("caches: {prices: {methods: '$Dao+#find'}}").saidAbout(PriceDao.class);
    for (String other :
        List.of(
            "caches: {rates: {methods: '$Dao+#find'}}",
            "caches: {prices: {invalidatedBy: '$Dao+#find'}}",
            "caches: {prices: {methods: [{method: '$Dao+#find', key: []}]}}",
            "caches: {prices: {methods: [{method: '$Dao+#find', instances: EQUAL}]}}",
            "caches: {prices: {methods: [{method: '$Dao+#find', unless: result.empty}]}}",
            "{caches: {prices: {methods: '$Dao+#find'}}, exclude: '$PriceDao'}",
            "caches: {prices: {methods: '$Marked#fast'}}")) {
      assertThat(rules(other).saidAbout(PriceDao.class)).as(other).isNotEqualTo(before);
    }
  }
}
