package io.larder.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.larder.Larder;
import io.larder.sample.data.CatalogueFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The shop's HTTP server, on a free port of this machine only. */
public final class SampleServer implements AutoCloseable {

  /** What {@link #main} writes before the address, once the server answers. */
  public static final String READY = "listening on ";

  private static final int THREADS = 8;

  private final HttpServer http;
  private final ExecutorService threads;
  private final ProductPage productPage;
  private final ServiceStatistics statistics;

  private SampleServer(HttpServer http, Database database) {
    this.http = http;
    this.threads = Executors.newFixedThreadPool(THREADS);
    this.productPage = new ProductPage(database);
    this.statistics = new ServiceStatistics(database);
  }

  /**
   * Starts a server.
   *
   * @param database which stays the caller's to close
   * @throws IOException when there is no port to listen on
   */
  public static SampleServer start(Database database) throws IOException {
    // The JDK's server writes head and body apart; without this each page waits 40 ms for an
    // acknowledgement that the client delays.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SampleServer server = new SampleServer(http, database);
    http.createContext("/", exchange -> server.answer(exchange));
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Where the server listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answerTo(exchange.getRequestMethod(), exchange.getRequestURI());
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type() + "; charset=utf-8");
      exchange.sendResponseHeaders(answer.status(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private record Answer(int status, String type, String body) {
    static Answer text(int status, String body) {
      return new Answer(status, "text/plain", body + "\n");
    }
  }

  private Answer answerTo(String method, URI uri) {
    String path = uri.getPath();
    try {
      if (method.equals("GET") && path.startsWith("/product/")) {
        PageRequest request = PageRequest.parse(uri);
        return productPage
            .render(request)
            .map(page -> new Answer(200, "text/html", page))
            .orElseGet(() -> Answer.text(404, "there is no product " + request.productId()));
      }
      if (method.equals("GET") && path.equals("/stats")) {
        return new Answer(200, "text/plain", statistics.read());
      }
      if (method.equals("POST") && path.equals("/caches/clear")) {
        return Answer.text(200, "forgot " + Larder.invalidateAll() + " results");
      }
      return Answer.text(
          404, "try GET /product/4711?currency=EUR&region=NORTH, GET /stats, POST /caches/clear");
    } catch (IllegalArgumentException wrong) {
      return Answer.text(400, String.valueOf(wrong.getMessage()));
    } catch (RuntimeException failure) {
      failure.printStackTrace(); // the visitor need not see the query
      return Answer.text(500, "the page could not be made; the reason is in the service's log");
    }
  }

  @Override
  public void close() {
    http.stop(/* delay= */ 0);
    threads.shutdownNow();
  }

  /**
   * Serves until the process is ended.
   *
   * @param arguments the database file
   * @throws IOException when there is no port to listen on
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || !Files.isRegularFile(Path.of(arguments[0]))) {
      System.err.println(
          "usage: java -jar larder-sample-app.jar DATABASE.mv.db, a file that ./demo has made");
      System.exit(2);
    }
    Database database = Database.open(CatalogueFile.readOnlyUrl(Path.of(arguments[0])));
    SampleServer server = start(database);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  database.close();
                }));
    System.out.println(READY + server.address());
  }
}
