package io.larder.sample.replay;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection to the service, kept open from request to request. Knows just enough HTTP for the
 * service, so that the client takes little of the processor that it shares with it. Not
 * thread-safe.
 */
final class HttpConnection implements AutoCloseable {

  /** How long an answer may take. */
  static final int TIMEOUT_MILLIS = 60_000;

  private static final int LONGEST_BODY = 16 << 20;

  private final URI service;
  private final Socket socket;
  private final InputStream in;

  HttpConnection(URI service) throws IOException {
    this.service = service;
    this.socket = new Socket(service.getHost(), service.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream(), 16_384);
  }

  /** What the service answered. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; only digested or read
  record Response(int status, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Response get(String path) throws IOException {
    return exchange("GET", path);
  }

  Response post(String path) throws IOException {
    return exchange("POST", path);
  }

  private Response exchange(String method, String path) throws IOException {
    String request =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + service.getAuthority()
            + "\r\nContent-Length: 0\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String statusLine = line();
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
    }
    if (length < 0 || length > LONGEST_BODY) {
      throw new IOException("response of " + length + " bytes to " + path + ": " + statusLine);
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the service closed the connection within " + path);
    }
    return new Response(Integer.parseInt(statusLine.split(" ", 3)[1]), body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the service closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
