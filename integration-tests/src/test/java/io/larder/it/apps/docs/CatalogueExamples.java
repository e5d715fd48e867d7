package io.larder.it.apps.docs;

import io.larder.it.apps.Probe;
import io.larder.it.apps.docs.Catalogue.Brand;
import io.larder.it.apps.docs.Catalogue.Product;
import java.util.List;

/** Runs the examples of docs/invalidation.md; each fact tells how often the table was read. */
public final class CatalogueExamples {

  private static Catalogue catalogue = new Catalogue();
  private static int before;

  private CatalogueExamples() {}

  public static void main(String[] arguments) {
    Product chair = catalogue.find(1);
    catalogue.find(2);
    say("find", catalogue.find(1).name());
    catalogue.rename(chair, "stool");
    say("rename", catalogue.find(1).name() + " " + catalogue.find(2).name());
    catalogue.delete(2);
    say("delete", catalogue.find(2) + " " + catalogue.find(1).name());
    catalogue.names();
    catalogue.importAll(List.of(new Product(2, "desk", new Brand("oak"))));
    say("importAll", catalogue.find(1).name() + " " + catalogue.find(2).name());
    say("names", catalogue.names());

    catalogue.refresh(1);
    say("refresh", catalogue.find(1).name());
    catalogue.reserve(1, 5);
    before = catalogue.reads();
    say("reserve", catalogue.find(1).name());
    Probe.say("reserve.failed", reserve());
    say("reserve.onFailure", catalogue.find(1).name());

    catalogue.page(1, "de");
    catalogue.page(1, "en");
    catalogue.page(2, "en");
    catalogue.ofBrand("oak");
    before = catalogue.reads();
    catalogue.change(new Product(1, "sofa", new Brand("oak")));
    say("change", catalogue.page(1, "de").name() + " " + catalogue.page(1, "en").name());
    say("change.others", catalogue.page(2, "en").name());
    say("change.list", catalogue.ofBrand("oak").get(0).name());
    catalogue.redesign("oak");
    say("redesign", catalogue.page(1, "de").name() + " " + catalogue.page(2, "en").name());
    say("redesign.list", catalogue.ofBrand("oak").size());
    Probe.say("forget", catalogue.forget(2) + " " + catalogue.forget(99));
    say("forget.after", catalogue.ofBrand("oak").size() + " " + catalogue.page(1, "de").name());

    catalogue.stock(2);
    before = catalogue.reads();
    Probe.say("sell", catalogue.sell(2, 3));
    say("sell.after", catalogue.stock(2));
    long created = catalogue.create("shelf", new Brand("pine")).id();
    say("create", catalogue.find(created).name());
  }

  private static String reserve() {
    try {
      catalogue.reserve(1, 50);
      return "reserved";
    } catch (IllegalStateException soldOut) {
      return soldOut.getMessage();
    }
  }

  private static void say(String fact, Object answer) {
    Probe.say(fact, answer + ", " + (catalogue.reads() - before));
    before = catalogue.reads();
  }
}
