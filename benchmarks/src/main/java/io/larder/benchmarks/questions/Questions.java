package io.larder.benchmarks.questions;

import io.larder.benchmarks.paired.Question;
import java.util.List;
import java.util.stream.Collectors;

/** All questions, in the order of the report. */
public final class Questions {

  private static final List<Question> ALL =
      List.of(
          new HitLong(),
          new HitLongMany(),
          new HitStringInt(),
          new HitNoArgument(),
          new HitLongTtl(),
          new HitStringIntTtl(),
          new HitNoArgumentTtl(),
          new HitLongStatistics(),
          new HitTagged(),
          new HitRefreshed(),
          new SoleInstance(),
          new TwoInstances(),
          new Disabled(),
          new Unwoven(),
          new Miss(),
          new TagInvalidation(),
          new RedisHit(),
          new RedisBulk(),
          new RedisOpen(),
          new DiskTierHit(),
          new DiskHit(),
          new DiskEhcache(),
          new DiskPut(),
          new SpringLong(),
          new SpringStringInt(),
          new JetCacheLong(),
          new JetCacheStringInt());

  private Questions() {}

  /** Every question there is. */
  public static List<Question> all() {
    return ALL;
  }

  /**
   * The question of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Question byId(String id) {
    return ALL.stream()
        .filter(question -> question.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown question \"%s\"; known: %s"
                        .formatted(
                            id, ALL.stream().map(Question::id).collect(Collectors.joining(", ")))));
  }
}
