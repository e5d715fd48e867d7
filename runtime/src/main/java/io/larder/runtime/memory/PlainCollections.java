package io.larder.runtime.memory;

import java.util.Set;

/**
 * Those collections of the JDK whose size and elements can be asked for without running code of the
 * application, and without waiting for a lock that it may hold. All that wrap or view another one
 * are not among them, nor those that synchronize.
 */
final class PlainCollections {

  /** Names, so that none of them is loaded for that. */
  private static final Set<String> NAMES =
      Set.of(
          "java.util.ArrayDeque",
          "java.util.ArrayList",
          "java.util.Arrays$ArrayList",
          "java.util.Collections$CopiesList",
          "java.util.EnumMap",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.JumboEnumSet",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.LinkedList",
          "java.util.PriorityQueue",
          "java.util.RegularEnumSet",
          "java.util.TreeMap",
          "java.util.concurrent.ConcurrentHashMap",
          "java.util.concurrent.ConcurrentLinkedDeque",
          "java.util.concurrent.ConcurrentLinkedQueue",
          "java.util.concurrent.ConcurrentSkipListMap",
          "java.util.concurrent.CopyOnWriteArrayList",
          "java.util.concurrent.CopyOnWriteArraySet");

  private PlainCollections() {}

  /** Whether a class is one of them. */
  static boolean contain(Class<?> type) {
    String name = type.getName();
    return NAMES.contains(name)
        || name.startsWith("java.util.ImmutableCollections$")
        || name.startsWith("java.util.Collections$Empty")
        || name.startsWith("java.util.Collections$Singleton");
  }
}
