package io.larder.runtime.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** A network between Larder and a server, which a test can spoil. */
public final class FaultProxy implements AutoCloseable {

  /** What the network does to bytes. */
  private sealed interface Mode {
    /** Forwards them. */
    record Pass() implements Mode {}

    /** Forwards replies later. */
    record Delay(long fromMillis, long toMillis) implements Mode {}

    /** Swallows requests and replies. */
    record Blackhole() implements Mode {}

    /** Swallows replies: the server is well and hears everything. */
    record HalfOpen() implements Mode {}

    /** Ends a connection in the middle of its first reply. */
    record Cut(boolean reset) implements Mode {}

    /** Forwards a reply byte by byte. */
    record Drip(long eachMillis) implements Mode {}
  }

  private static final Mode PASS = new Mode.Pass();

  private final int targetPort;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listener;
  private volatile Mode mode = PASS;

  /** Begins to listen on a free port of the loopback. */
  public FaultProxy(int targetPort) {
    this.targetPort = targetPort;
    this.listener = listen(0, /* backlog= */ 200);
    this.port = listener.getLocalPort();
    accept(listener);
  }

  public int port() {
    return port;
  }

  /** {@code redis://127.0.0.1:<port>}. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Replies come later by something from a range. */
  public void delay(long fromMillis, long toMillis) {
    mode = new Mode.Delay(fromMillis, toMillis);
  }

  /** Nothing arrives any more, in either direction, and nobody is told. */
  public void blackhole() {
    mode = new Mode.Blackhole();
  }

  /** Requests arrive, replies do not. */
  public void halfOpen() {
    mode = new Mode.HalfOpen();
  }

  /** Each connection ends in the middle of a reply. */
  public void cutReplies() {
    mode = new Mode.Cut(/* reset= */ false);
  }

  /** Each connection is reset in the middle of a reply, those without one at once. */
  public void reset() {
    mode = new Mode.Cut(/* reset= */ true);
    sockets.forEach(FaultProxy::reset);
  }

  /** Replies arrive byte by byte. */
  public void drip(Duration each) {
    mode = new Mode.Drip(each.toMillis());
  }

  /** Nobody listens any more, and the connections that exist end. */
  public void refuse() {
    closeQuietly(listener);
    sockets.forEach(FaultProxy::closeQuietly);
  }

  /** Connections that exist end, new ones are never accepted: the queue of them is full. */
  public void neverAccept() {
    refuse();
    listener = listen(port, /* backlog= */ 1);
    for (int i = 0; i < 8; i++) {
      try {
        Socket filler = new Socket();
        sockets.add(filler);
        filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
      } catch (IOException full) {
        return;
      }
    }
  }

  /** Ends the connections that exist, as a server does that restarts. */
  public void dropConnections() {
    sockets.forEach(FaultProxy::closeQuietly);
  }

  /** Ends what {@link #refuse} and {@link #neverAccept} did, and all else. */
  public void heal() {
    mode = PASS;
    if (listener.isClosed() || sockets.stream().anyMatch(this::isFiller)) {
      closeQuietly(listener);
      sockets.forEach(FaultProxy::closeQuietly);
      listener = listen(port, /* backlog= */ 200);
      accept(listener);
    }
  }

  private boolean isFiller(Socket socket) {
    return socket.getPort() == port;
  }

  @Override
  public void close() {
    refuse();
  }

  private static ServerSocket listen(int port, int backlog) {
    // Who accepted on the port a moment ago may still be about to let go of it.
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .ignoreException(BindException.class)
        .until(() -> bound(port, backlog), socket -> true);
  }

  private static ServerSocket bound(int port, int backlog) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), backlog);
    return socket;
  }

  private void accept(ServerSocket from) {
    start(
        () -> {
          while (true) {
            Socket client = from.accept();
            sockets.add(client);
            if (from.isClosed()) { // those that existed were ended a moment ago
              closeQuietly(client);
              return;
            }
            Socket server = new Socket();
            sockets.add(server);
            try {
              server.connect(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), 1_000);
              client.setTcpNoDelay(true);
              server.setTcpNoDelay(true);
            } catch (IOException refused) {
              end(client, server);
              continue;
            }
            start(() -> pump(client, server, /* replies= */ false));
            start(() -> pump(server, client, /* replies= */ true));
          }
        });
  }

  private void pump(Socket from, Socket to, boolean replies) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        forward(mode, buffer, length, out, to, replies);
      }
    } finally {
      end(from, to);
    }
  }

  private void forward(
      Mode now, byte[] buffer, int length, OutputStream out, Socket to, boolean replies)
      throws IOException {
    if (now instanceof Mode.Blackhole || (now instanceof Mode.HalfOpen && replies)) {
      return;
    }
    if (replies && now instanceof Mode.Cut cut) {
      out.write(buffer, 0, length / 2);
      if (cut.reset) {
        reset(to);
      }
      throw new IOException("cut");
    }
    if (replies && now instanceof Mode.Drip drip) {
      for (int i = 0; i < length; i++) {
        out.write(buffer, i, 1);
        if (mode == now) {
          pause(drip.eachMillis);
        }
      }
      return;
    }
    if (replies && now instanceof Mode.Delay delay) {
      pause(ThreadLocalRandom.current().nextLong(delay.fromMillis, delay.toMillis + 1));
    }
    out.write(buffer, 0, length);
  }

  private static void pause(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void end(Socket one, Socket other) {
    closeQuietly(one);
    closeQuietly(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      return;
    }
    closeQuietly(socket);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception closed) {
      // That was the wish.
    }
  }

  /** Work that ends with its socket. */
  private interface SocketWork {
    void run() throws IOException;
  }

  private static void start(SocketWork work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // As it must, sooner or later.
              }
            },
            "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
