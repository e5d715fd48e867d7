package com.acme.generated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import feign.Feign;
import feign.FeignException;
import feign.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Two clients of one interface, for two servers. */
public class FeignClients {

  private static final AtomicInteger REQUESTS = new AtomicInteger();

  public static void main(String[] arguments) throws IOException {
    HttpServer one = server("1.10");
    HttpServer two = server("2.20");
    try {
      call(client(one), client(two));
    } finally {
      one.stop(0);
      two.stop(0);
    }
    Say.statistics("rates");
  }

  private static void call(RatesClient one, RatesClient two) throws IOException {
    Say.fact("rates", one.rate("EUR") + " " + one.rate("EUR"));
    Say.fact("requests", REQUESTS);
    Say.fact("saved", one.save("EUR", "1.15"));
    Say.fact("ratesThen", one.rate("EUR") + " " + one.rate("EUR"));
    Say.fact("requestsThen", REQUESTS);
    Say.fact("otherServer", two.rate("EUR") + " " + two.rate("EUR") + " " + one.rate("EUR"));
    try {
      one.rate("XXX");
    } catch (FeignException.NotFound thrown) {
      Say.fact("thrown", thrown.status());
    }
    for (int i = 0; i < 2; i++) {
      try (Response response = one.rateResponse("EUR")) {
        Say.fact("response" + i, new String(response.body().asInputStream().readAllBytes(),
            StandardCharsets.UTF_8));
      }
    }
  }

  private static RatesClient client(HttpServer server) {
    return Feign.builder()
        .target(RatesClient.class, "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static HttpServer server(String rate) throws IOException {
    Map<String, String> rates = new ConcurrentHashMap<>(Map.of("EUR", rate));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/rates/", exchange -> answer(exchange, rates));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, Map<String, String> rates) throws IOException {
    REQUESTS.incrementAndGet();
    try (exchange) {
      String currency = exchange.getRequestURI().getPath().substring("/rates/".length());
      if (exchange.getRequestMethod().equals("PUT")) {
        rates.put(
            currency,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      }
      byte[] answer = rates.getOrDefault(currency, "").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
