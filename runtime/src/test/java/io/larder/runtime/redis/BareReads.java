package io.larder.runtime.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the machine, which others use as well, lets a thread wait that asks for no more than a
 * read with a timeout on a silent socket: the control beside which waits are judged.
 */
final class BareReads implements AutoCloseable {

  private final AtomicLong longest = new AtomicLong();
  private final List<AutoCloseable> sockets = new ArrayList<>();
  private volatile boolean ended;

  BareReads(int threads, Duration timeout) {
    try {
      ServerSocket silent = new ServerSocket(0, threads, InetAddress.getLoopbackAddress());
      sockets.add(silent);
      for (int i = 0; i < threads; i++) {
        Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort());
        socket.setSoTimeout((int) timeout.toMillis());
        sockets.add(socket);
        Thread thread = new Thread(() -> read(socket), "bare-read-" + i);
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void read(Socket socket) {
    while (!ended) {
      long start = System.nanoTime();
      try {
        int unused = socket.getInputStream().read();
      } catch (SocketTimeoutException expected) {
        longest.accumulateAndGet(System.nanoTime() - start, Math::max);
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** The longest wait so far. */
  long longestNanos() {
    return longest.get();
  }

  @Override
  public void close() {
    ended = true;
    for (AutoCloseable socket : sockets) {
      try {
        socket.close();
      } catch (Exception closed) {
        // That was the wish.
      }
    }
  }
}
