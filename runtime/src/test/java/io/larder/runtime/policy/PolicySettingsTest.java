package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicySettingsTest {

  private static final PolicySettings SOME =
      PolicySettings.NONE
          .with(PolicySetting.MAXIMUM_ENTRIES, "50_000")
          .with(PolicySetting.TTL, "30s");

  @Test
  void over_changesWhatIsSaidOnly() {
    assertThat(SOME.over(CachePolicy.DEFAULT))
        .hasToString("ttl=30s, maximumEntries=50000, maximumBytes=off, waitAtMost=5s");
    assertThat(PolicySettings.NONE.over(CachePolicy.DEFAULT)).isSameAs(CachePolicy.DEFAULT);
  }

  @Test
  void over_off_isSaidToo() {
    assertThat(PolicySettings.NONE.with(PolicySetting.TTL, "off").over(CachePolicy.DEFAULT).ttl())
        .isNull();
  }

  @Test
  void with_saidBefore_isReplaced() {
    assertThat(SOME.with(PolicySetting.TTL, "1h")).hasToString("ttl=1h, maximumEntries=50000");
    assertThat(SOME).hasToString("ttl=30s, maximumEntries=50000");
  }

  @Test
  void with_notUnderstood_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SOME.with(PolicySetting.TTL, "0s"))
        .withMessage("ttl must be positive: \"0s\"");
  }

  @Test
  void with_refreshNotBeforeTheTtl_isRefused() {
    String message =
        "refreshAfter must be shorter than ttl: \"30s\", and ttl is \"30s\"; make it shorter, or"
            + " \"off\"";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SOME.with(PolicySetting.REFRESH_AFTER, "30s"))
        .withMessage(message);
    PolicySettings refreshed = PolicySettings.NONE.with(PolicySetting.REFRESH_AFTER, "30s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> refreshed.with(PolicySetting.TTL, "30s"))
        .withMessage(message);
    assertThat(SOME.with(PolicySetting.REFRESH_AFTER, "29s").isEmpty()).isFalse();
    assertThat(SOME.with(PolicySetting.REFRESH_AFTER, "off").isEmpty()).isFalse();
    assertThat(refreshed.with(PolicySetting.TTL, "off").isEmpty()).isFalse();
  }

  @Test
  void equals_comparesWhatIsMeant() {
    assertThat(PolicySettings.NONE.with(PolicySetting.TTL, "60s"))
        .isEqualTo(PolicySettings.NONE.with(PolicySetting.TTL, "1m"))
        .isNotEqualTo(PolicySettings.NONE.with(PolicySetting.TTL, "61s"))
        .isNotEqualTo(PolicySettings.NONE.with(PolicySetting.WAIT_AT_MOST, "1m"));
  }

  @Test
  void isEmpty_nothingSaid() {
    assertThat(PolicySettings.NONE.isEmpty()).isTrue();
    assertThat(PolicySettings.NONE).hasToString("");
    assertThat(SOME.isEmpty()).isFalse();
  }

  @Test
  void texts_areCopied() {
    Map<PolicySetting, String> mine = new HashMap<>(Map.of(PolicySetting.TTL, "1s"));
    PolicySettings settings = new PolicySettings(mine);
    mine.put(PolicySetting.TTL, "2s");
    assertThat(settings).hasToString("ttl=1s");
    assertThatThrownBy(() -> settings.texts().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
