package com.acme.tomcat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks one web application again and again, and counts answers that are wrong or do not come. */
final class Client extends Thread {

  private static final int PRODUCTS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final String application;

  private volatile int answers; // written by this thread only
  private volatile boolean newExpected;
  private volatile boolean ended;
  private String problem = "none";

  Client(int port, String application) {
    super(application);
    setDaemon(true);
    this.port = port;
    this.application = application;
  }

  int answers() {
    return answers;
  }

  /** From now on the old version has no business here. */
  void expectNew() {
    newExpected = application.equals("one");
  }

  void end() {
    ended = true;
  }

  /** Called when the thread has ended. */
  String outcome() {
    return "problem " + problem;
  }

  @Override
  public void run() {
    for (int i = 0; !ended; i++) {
      String product = "product-" + i % PRODUCTS;
      boolean mustBeNew = newExpected;
      String answer = ask(product);
      boolean old = answer.equals(application + "-1 " + product);
      boolean fresh = answer.equals(application + "-2 " + product);
      if (fresh && application.equals("two") || old && mustBeNew || !old && !fresh) {
        problem = answer;
      }
      answers = answers + 1;
    }
  }

  private String ask(String product) {
    URI uri =
        URI.create(
            "http://localhost:" + port + "/" + application + "/price?product=" + product);
    try {
      HttpResponse<String> response =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? response.body() : "status " + response.statusCode();
    } catch (Exception lost) {
      return "no answer: " + lost;
    }
  }
}
