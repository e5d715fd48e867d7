package io.larder.sample.data;

import java.util.Random;

/** The vocabulary of the shop. */
final class Words {

  static final String[] DEPARTMENTS = {
    "Kitchen",
    "Garden",
    "Office",
    "Toys",
    "Sports",
    "Music",
    "Books",
    "Tools",
    "Lighting",
    "Outdoor",
    "Pets",
    "Travel"
  };

  static final String[] RANGES = {
    "Essentials",
    "Premium",
    "Compact",
    "Classic",
    "Outlet",
    "Gifts",
    "New",
    "Repair",
    "Sets",
    "Accessories"
  };

  static final String[] CITIES = {
    "Aachen", "Bergen", "Cork", "Delft", "Evora", "Ferrara", "Ghent", "Hull", "Izmir", "Jena",
    "Kaunas", "Lund", "Malmo", "Nantes", "Oporto", "Pilsen", "Riga", "Siena", "Turku", "Utrecht",
    "Varna", "Worms", "Ystad", "Zadar"
  };

  static final String[] REGIONS = {"NORTH", "EAST", "SOUTH", "WEST"};

  private static final String[] MATERIALS = {
    "oak", "steel", "linen", "copper", "bamboo", "glass", "wool", "cork", "leather", "stone"
  };

  private static final String[] QUALITIES = {
    "sturdy", "light", "folding", "quiet", "bright", "slim", "wide", "handmade", "simple", "smart"
  };

  private static final String[] THINGS = {
    "lamp",
    "chair",
    "kettle",
    "drum",
    "notebook",
    "spade",
    "puzzle",
    "racket",
    "hammer",
    "tent",
    "basket",
    "trolley",
    "mug",
    "clock",
    "shelf",
    "brush"
  };

  private static final String[] OPINIONS = {
    "Just what I needed",
    "Good value & quick delivery",
    "Smaller than expected",
    "Works as described",
    "Would buy again",
    "Broke after a month",
    "My favourite <3",
    "Not for me",
    "Better than the old one",
    "Exactly like the picture"
  };

  private static final String[] SYLLABLES = {
    "an", "bel", "cor", "da", "el", "fin", "gra", "hol", "is", "jo", "ka", "lu", "mar", "no", "or",
    "pe", "ri", "sol", "tan", "vi"
  };

  private Words() {}

  static String productName(Random random) {
    return pick(random, QUALITIES) + " " + pick(random, MATERIALS) + " " + pick(random, THINGS);
  }

  static String description(Random random, String name) {
    return "This %s is %s, %s and made of %s in %s. Weighs little, lasts long & needs no care."
        .formatted(
            name.substring(name.lastIndexOf(' ') + 1),
            pick(random, QUALITIES),
            pick(random, QUALITIES),
            name.substring(name.indexOf(' ') + 1, name.lastIndexOf(' ')),
            pick(random, CITIES));
  }

  static String opinion(Random random) {
    return pick(random, OPINIONS);
  }

  /** A name of a person or a brand. */
  static String name(Random random) {
    String name = pick(random, SYLLABLES) + pick(random, SYLLABLES) + pick(random, SYLLABLES);
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String pick(Random random, String[] words) {
    return words[random.nextInt(words.length)];
  }
}
