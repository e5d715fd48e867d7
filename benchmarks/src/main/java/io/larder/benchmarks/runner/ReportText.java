package io.larder.benchmarks.runner;

/** What the page says about itself, whatever was measured. */
final class ReportText {

  static final String INTRODUCTION =
      """
      # Benchmarks

      What a call costs through Larder, beside a cache written by hand with Caffeine, and what the
      agent costs at start-up. This page is written by a command; nothing in it is typed in:

      ```
      ./benchmarks/run            # everything; about an hour
      ./benchmarks/run --quick    # a first look, in a few minutes, written to benchmarks/target
      ./benchmarks/run --help     # single questions, more launches, ...
      ```

      ## How calls are measured

      Times on a shared machine drift by more than the differences of interest, and one JVM launch
      of the same code differs from the next by 10 to 15 %. So nothing here compares a time from
      one run with a time from another:

      - The contestants of a question run in the same JVM and alternate in blocks of operations, in
        an order that turns from round to round. The ratio is taken within each round, and the
        median of the rounds is the ratio of that launch.
      - Each question is answered by several JVM launches. The tables show the median of the
        launches and, in parentheses, the smallest and the largest.
      - Before anything is counted, as many rounds run to warm up; with a disk five times as many, as the
        JIT takes longer over what lies behind.
      - The whole heap is touched before: a fresh page costs as much as 170 hits.
      - Where the system grants it, this runs with real-time priority, and with one thread on one core.

      This is why the module has a small harness of its own: JMH runs one contestant after the
      other, each in its own JVM, which is the comparison that does not hold still here.

      The work: 1,024 random keys in a cycle, every call a hit unless the question says otherwise.
      That is what a cache's front holds with ease; the question with 16,384 keys shows what a hit
      costs beyond it, where Caffeine answers.
      The methods do next to nothing (one array access), which is the hardest case for a cache. A
      result is consumed without looking inside it. "By hand" is `cache.get(key, function)` on
      `Caffeine.newBuilder().maximumSize(10_000)`, with `expireAfterWrite` of 5 minutes where the
      question says TTL, with a record as the key where there are two arguments. Larder's methods
      are ordinary methods with `@Cached` under the packed agent with its default settings;
      statistics are always on. After each launch the harness checks with Larder's own statistics
      that the cache took part.

      `B` is what one operation allocates on its thread. `Larder / it` below 1 means that Larder is
      faster. A goal counts as reached when the median ratio reaches it. Spring and JetCache run
      behind their proxies, with Caffeine below. Their large call paths share the JVM, and with it
      the JIT's profile of Caffeine, with the line written by hand; take the other questions for
      that one.

      ## How start-up is measured

      Whole processes, in rounds; each round starts every application with every agent once, in
      random order, after one round that is not counted. "Over none" is the median over the rounds
      of the difference within the round. hello-world is timed from start to exit,
      the Spring Boot jar until its line "Started ...". CPU is user and system time of all threads.
      "An empty agent" does nothing at all: it shows what the JVM charges for any agent.
      OpenTelemetry's agent has its exporters switched off. With a disk tier, hello-world
      is timed also with a method that is cached, from start to its line, as Larder opens its files
      for the first of these.

      ## How weaving into a running JVM is measured

      A JVM loads 10,000 small classes; then its larder.yaml is changed to name methods of some of
      them, and back, and read at once through JMX. The time is that of the whole change: reading
      and checking the file, weaving, and having the JVM take the classes. The pauses are from the
      JVM's own log of safepoints.
      """;

  private ReportText() {}
}
