package io.larder.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheNamesTest {

  @ParameterizedTest
  @CsvSource({
    "com.acme.PriceDao, find, com.acme.PriceDao.find",
    "com.acme.Shop$PriceDao, find, com.acme.Shop.PriceDao.find",
    "com.acme.Shop$1Local, find, com.acme.Shop.1Local.find",
    "Main, run, Main.run",
    "com.acme.Größe, prüfe, com.acme.Gr__e.pr_fe",
    "com.acme.Test, finds all users (and orders), com.acme.Test.finds_all_users__and_orders_",
    "a-b.C, x_y-z, a-b.C.x_y-z",
    "C, '\uD83D\uDE00', C.__"
  })
  void ofMethod_isClassAndMethodInLegalCharacters(String owner, String method, String name) {
    assertThat(CacheNames.ofMethod(owner, method)).isEqualTo(name);
  }

  @Test
  void ofMethod_asLongAsItMayBe_staysWhole() {
    String owner = "a".repeat(195);

    assertThat(CacheNames.ofMethod(owner, "find")).isEqualTo(owner + ".find").hasSize(200);
  }

  @Test
  void ofMethod_tooLong_keepsTheEndBehindAHash() {
    String owner = "com.acme." + "deep.".repeat(50) + "PriceDao";

    String name = CacheNames.ofMethod(owner, "find");

    assertThat(name)
        .hasSize(200)
        .startsWith(Integer.toHexString((owner + ".find").hashCode()) + ".")
        .endsWith(".deep.PriceDao.find")
        .matches("[A-Za-z0-9._-]{1,200}");
  }

  @Test
  void ofMethod_tooLongAndAlikeAtTheEnd_differs() {
    String tail = ".deep".repeat(50);

    assertThat(CacheNames.ofMethod("one" + tail, "find"))
        .isNotEqualTo(CacheNames.ofMethod("two" + tail, "find"));
  }
}
