package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.agent.rules.Rule;
import io.larder.runtime.config.MethodPattern;
import io.larder.runtime.config.MethodRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadedCandidatesTest {

  private static final String PACKAGE = LoadedCandidatesTest.class.getPackageName();
  private static final String DAO = PriceDao.class.getName();

  static class PriceDao {
    int find(long product) {
      return (int) product;
    }

    int findAll() {
      return 0;
    }

    void save(String price, int[] amounts) {}

    void drop() {}
  }

  static class Unrelated {}

  private static @Nullable String near(String pattern) {
    return new LoadedCandidates(
            new Class<?>[] {
              String.class, PriceDao[].class, Unrelated.class, PriceDao.class, int.class
            })
        .near(
            new Rule(
                "prices",
                new MethodRule(MethodPattern.parse(pattern), null, null, List.of(), 1),
                Rule.Purpose.CACHE,
                "larder.yaml:1"));
  }

  @Test
  void near_classIsThere_namesTheLikestMethods() {
    assertThat(near(DAO + "#fnd")).startsWith(DAO + " with find(long), ");
    assertThat(near(DAO + "#svae")).startsWith(DAO + " with save(String, int[]), ");
    assertThat(near(DAO + "#find(int)")).as("other parameters").contains("find(long)");
  }

  @Test
  void near_wildcardClass_namesMethodsOfOneThatMatches() {
    assertThat(near(PACKAGE + ".*Dao#finde")).startsWith(DAO + " with find(long), ");
  }

  @Test
  void near_classElsewhere_isFoundByItsSimpleName() {
    assertThat(near("com.acme.PriceDao#find")).isEqualTo(DAO);
    assertThat(near("com.acme.pricedoa#find")).as("a letter or two off").isEqualTo(DAO);
  }

  @Test
  void near_nothingAlike_isNothing() {
    assertThat(near("com.acme.Catalogue#find")).isNull();
    assertThat(near("com.acme.Strin#find")).as("the JDK's are never woven").isNull();
  }
}
