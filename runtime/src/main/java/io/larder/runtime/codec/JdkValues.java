package io.larder.runtime.codec;

import java.util.Set;

/**
 * The classes of the JDK that any stored value may hold: values and collections. Each one alone, as
 * their packages hold others that start threads or run code. By name, as many are not public.
 */
final class JdkValues {

  private static final String UTIL = "java.util.";

  private static final Set<String> NAMES =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Object",
          "java.lang.Short",
          "java.lang.String",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.net.URI",
          "java.sql.Date",
          "java.sql.Time",
          "java.sql.Timestamp",
          "java.time.Duration",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.MonthDay",
          "java.time.OffsetDateTime",
          "java.time.OffsetTime",
          "java.time.Period",
          "java.time.Year",
          "java.time.YearMonth",
          "java.time.ZoneOffset",
          "java.time.ZoneRegion",
          "java.time.ZonedDateTime");

  /** In {@code java.util}. */
  private static final Set<String> UTIL_NAMES =
      Set.of(
          "AbstractMap$SimpleEntry",
          "AbstractMap$SimpleImmutableEntry",
          "ArrayDeque",
          "ArrayList",
          "Arrays$ArrayList",
          "BitSet",
          "Collections$EmptyList",
          "Collections$EmptyMap",
          "Collections$EmptySet",
          "Collections$ReverseComparator",
          "Collections$SingletonList",
          "Collections$SingletonMap",
          "Collections$SingletonSet",
          "Collections$SynchronizedCollection",
          "Collections$SynchronizedList",
          "Collections$SynchronizedMap",
          "Collections$SynchronizedRandomAccessList",
          "Collections$SynchronizedSet",
          "Collections$UnmodifiableCollection",
          "Collections$UnmodifiableList",
          "Collections$UnmodifiableMap",
          "Collections$UnmodifiableNavigableMap",
          "Collections$UnmodifiableNavigableSet",
          "Collections$UnmodifiableRandomAccessList",
          "Collections$UnmodifiableSet",
          "Collections$UnmodifiableSortedMap",
          "Collections$UnmodifiableSortedSet",
          "Comparators$NaturalOrderComparator",
          "Currency",
          "Date",
          "EnumMap",
          "HashMap",
          "HashSet",
          "ImmutableCollections$List12",
          "ImmutableCollections$ListN",
          "ImmutableCollections$Map1",
          "ImmutableCollections$MapN",
          "ImmutableCollections$Set12",
          "ImmutableCollections$SetN",
          "ImmutableCollections$SubList",
          "JumboEnumSet",
          "LinkedHashMap",
          "LinkedHashSet",
          "LinkedList",
          "Locale",
          "Optional",
          "OptionalDouble",
          "OptionalInt",
          "OptionalLong",
          "RegularEnumSet",
          "TreeMap",
          "TreeSet",
          "UUID",
          "concurrent.ConcurrentHashMap",
          "concurrent.ConcurrentSkipListMap",
          "concurrent.ConcurrentSkipListSet",
          "concurrent.CopyOnWriteArrayList",
          "concurrent.CopyOnWriteArraySet");

  /** What JDK serialization writes in place of the above, and within them. */
  private static final Set<String> SERIALIZED_FORMS =
      Set.of(
          "java.lang.Enum",
          "java.lang.Number",
          "java.time.Ser",
          "java.util.CollSer",
          "java.util.EnumSet",
          "java.util.EnumSet$SerializationProxy",
          "java.util.Collections$UnmodifiableMap$UnmodifiableEntrySet",
          "java.util.Map",
          "java.util.Map$Entry",
          "java.util.concurrent.ConcurrentHashMap$Segment",
          "java.util.concurrent.locks.AbstractOwnableSynchronizer",
          "java.util.concurrent.locks.AbstractQueuedSynchronizer",
          "java.util.concurrent.locks.ReentrantLock",
          "java.util.concurrent.locks.ReentrantLock$NonfairSync",
          "java.util.concurrent.locks.ReentrantLock$Sync");

  private JdkValues() {}

  /** Whether values may hold it. */
  static boolean contains(String className) {
    return NAMES.contains(className)
        || (className.startsWith(UTIL) && UTIL_NAMES.contains(className.substring(UTIL.length())));
  }

  /** Whether it occurs in what the JDK writes of values. */
  static boolean containsSerialized(String className) {
    return contains(className) || SERIALIZED_FORMS.contains(className);
  }

  /** Whether a class comes with the JDK, and so is the same for all. */
  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }
}
