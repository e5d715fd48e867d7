package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.larder.sample.Database;
import io.larder.sample.SampleFixtures;
import io.larder.sample.SampleServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {

  private static Database database;
  private static SampleServer server;

  @BeforeAll
  static void start() throws Exception {
    database = SampleFixtures.database();
    server = SampleServer.start(database);
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  @Test
  void run_twice_answersTheSame() throws Exception {
    Trace trace = TraceFixtures.ofProducts(IntStream.range(0, 60).map(i -> i % 20).toArray());
    Responses one = replay(trace, 2);
    Responses two = replay(trace, 1);
    assertThat(one.count()).isEqualTo(60);
    assertThat(one.firstDifference(two)).isEqualTo(-1);
    assertThat(one.percentileMillis(50)).isPositive();
  }

  @Test
  void run_twoProcesses_asksThemInTurn() throws Exception {
    Trace trace = TraceFixtures.ofProducts(1, 2, 3, 4, 5);
    Set<Integer> places = ConcurrentHashMap.newKeySet();
    try (Database itsOwn = SampleFixtures.database();
        SampleServer other = SampleServer.start(itsOwn);
        HttpConnection connection = new HttpConnection(other.address())) {
      ServiceReading before = ServiceReading.parse(connection.get("/stats").text());
      Responses both = replay(List.of(server.address(), other.address()), trace, 2, places::add);

      assertThat(both.firstDifference(replay(trace, 1))).isEqualTo(-1);
      ServiceReading after = ServiceReading.parse(connection.get("/stats").text());
      assertThat(after.since(before).queries()).isEqualTo(20);
      assertThat(places).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }
  }

  /** Of two threads one may be held up at any place while the other goes on to the last. */
  @ParameterizedTest
  @CsvSource({"1, 39", "2, 0"})
  void untilKilled_always_keepsTheResponsesBeforeTheFirstThatDidNotCome(int threads, int atLeast)
      throws Exception {
    Trace trace = TraceFixtures.ofProducts(IntStream.range(0, 60).map(i -> i % 20).toArray());
    try (Database itsOwn = SampleFixtures.database();
        SampleServer mortal = SampleServer.start(itsOwn)) {
      Responses before =
          Replay.untilKilled(
              List.of(mortal.address()), trace, 40, threads, mortal::close, quiet(40));

      assertThat(before.count()).isBetween(atLeast, 39);
      Responses all = replay(trace, 1);
      assertThat(before.firstDifference(all)).isEqualTo(before.count());
    }
  }

  @Test
  void untilKilled_deadBefore_fails() throws Exception {
    Trace trace = TraceFixtures.ofProducts(1, 2, 3, 4);
    Database itsOwn = SampleFixtures.database();
    SampleServer dead = SampleServer.start(itsOwn);
    dead.close();
    itsOwn.close();
    assertThatIOException()
        .isThrownBy(
            () ->
                Replay.untilKilled(
                    List.of(dead.address()), trace, 4, /* threads= */ 1, () -> {}, quiet(4)))
        .withMessageStartingWith("the replay stopped: ");
  }

  @Test
  void run_otherRequests_answersDifferently() throws Exception {
    Responses one = replay(TraceFixtures.ofProducts(1, 2, 3), 1);
    Responses two = replay(TraceFixtures.ofProducts(1, 2, 4), 1);
    assertThat(one.firstDifference(two)).isEqualTo(2);
  }

  @Test
  void run_unknownProduct_stopsAndNamesIt() throws Exception {
    Trace trace = TraceFixtures.ofProducts(1, 240, 2);
    assertThatIOException()
        .isThrownBy(() -> replay(trace, 2))
        .withMessage(
            "the replay stopped: status 404 for %s: there is no product 240"
                .formatted(trace.request(1).toPath()));
  }

  @Test
  void stats_withoutAgent_countsQueriesAndKnowsNoCache() throws Exception {
    try (HttpConnection connection = new HttpConnection(server.address())) {
      ServiceReading before = ServiceReading.parse(connection.get("/stats").text());
      replay(TraceFixtures.ofProducts(1, 2, 3), 1);
      ServiceReading change = ServiceReading.parse(connection.get("/stats").text()).since(before);
      assertThat(change.queries()).isEqualTo(30);
      assertThat(change.databaseNanos()).isPositive();
      assertThat(change.heapBytes()).isPositive();
      assertThat(change.caches()).isEmpty();
    }
  }

  @Test
  void get_wrongRequests_areAnsweredOnTheSameConnection() throws Exception {
    try (HttpConnection connection = new HttpConnection(server.address())) {
      assertThat(connection.get("/product/x").status()).isEqualTo(400);
      assertThat(connection.get("/nothing").status()).isEqualTo(404);
      assertThat(connection.get("/caches/clear").status()).isEqualTo(404);
      assertThat(connection.post("/caches/clear").text()).isEqualTo("forgot 0 results\n");
      assertThat(connection.get("/product/1").status()).isEqualTo(200);
    }
  }

  @Test
  void get_databaseGone_answers500() throws Exception {
    Database closed = SampleFixtures.database();
    closed.close();
    try (SampleServer broken = SampleServer.start(closed);
        HttpConnection connection = new HttpConnection(broken.address())) {
      assertThat(connection.get("/product/1").status()).isEqualTo(500);
    }
  }

  private static Responses replay(Trace trace, int threads) throws Exception {
    return replay(List.of(server.address()), trace, threads, place -> {});
  }

  private static Responses replay(List<URI> services, Trace trace, int threads, IntConsumer before)
      throws Exception {
    return Replay.run(services, trace, trace.size(), threads, before, quiet(trace.size()));
  }

  private static ProgressBar quiet(int total) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new ProgressBar(nowhere, false, "test", total);
  }
}
