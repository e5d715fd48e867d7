package io.larder.it.loaders;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.loaders.Container;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.nio.file.Path;

class WebApplicationIT {

  @EachJdk
  void webApplication_undeployed_isCollectedWithItsCachesAndBeans(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .testClasses()
            .main(Container.class)
            .arguments(url(Jvm.locationOf(Jvm.class)), url(Jvm.annotations()))
            .run()
            .requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("left", "LEFT LEFT bodies 1 [shop.price, shop.static-price]")
        .containsEntry("right", "RIGHT RIGHT bodies 1 [shop.price, shop.static-price]")
        .containsEntry("leftAgain", "LEFT LEFT bodies 1 [shop.price, shop.static-price]")
        .containsEntry("forget", "forgotten 1")
        .containsEntry("leftKept", "LEFT LEFT bodies 1 [shop.price, shop.static-price]")
        .containsEntry("rightForgot", "RIGHT RIGHT bodies 2 [shop.price, shop.static-price]")
        .containsEntry("collected", "true [true, true, true, true, true]")
        .containsEntry("beansGone", "true []");
    assertThat(outcome.fact("beans"))
        .startsWith("true [")
        .contains("io.larder:type=Cache,name=shop.price")
        .contains("io.larder:type=Cache,name=shop.static-price");
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
  }

  private static String url(Path place) {
    return place.toUri().toString();
  }
}
