package io.larder.runtime.redis;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Opens sockets, plain or with TLS. Waits, so it is for background threads. */
final class SocketOpener {

  /** What a handshake fails with that nobody answers. */
  static final String SILENT = "no answer to the TLS handshake";

  /** Messages that a handshake waits for, about. */
  private static final int STEPS = 4;

  private final boolean tls;
  private final TlsSettings stores;
  private final int timeoutMillis;
  private final Watchdog watchdog;

  /** Made with the first connection, as its files may not be readable. Guarded by this. */
  private @Nullable SSLContext context;

  SocketOpener(boolean tls, TlsSettings stores, Duration timeout, Watchdog watchdog) {
    this.watchdog = watchdog;
    this.tls = tls;
    this.stores = stores;
    this.timeoutMillis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
  }

  OpenSocket open(Endpoint endpoint) throws IOException {
    Socket raw = new Socket();
    boolean opened = false;
    try {
      raw.setOption(StandardSocketOptions.TCP_NODELAY, true);
      raw.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      InetAddress address = InetAddress.getByName(endpoint.host()); // anew each time: it may move
      raw.connect(new InetSocketAddress(address, endpoint.port()), timeoutMillis);
      raw.setSoTimeout(timeoutMillis);
      Socket socket = tls ? encrypted(raw, endpoint) : raw;
      opened = true;
      return new OpenSocket(socket, raw);
    } finally {
      if (!opened) {
        raw.close();
      }
    }
  }

  private Socket encrypted(Socket raw, Endpoint endpoint) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(raw, endpoint.host(), endpoint.port(), /* autoClose= */ true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the host name is verified
    socket.setSSLParameters(parameters);
    Handshake handshake =
        new Handshake(raw, System.nanoTime() + 1_000_000L * STEPS * timeoutMillis);
    watchdog.watch(handshake);
    watchdog.wake();
    try {
      socket.startHandshake();
      return socket;
    } catch (SocketTimeoutException silent) {
      throw new SSLHandshakeException(SILENT);
    } finally {
      watchdog.forget(handshake);
    }
  }

  /** The timeout of a socket begins anew with each byte. */
  private record Handshake(Socket raw, long deadlineNanos) implements Watchdog.Timed {
    @Override
    public void expire(long deadline) {
      new OpenSocket(raw, raw).closeAtOnce();
    }
  }

  private synchronized SSLContext context() throws IOException {
    SSLContext made = context;
    if (made == null) {
      try {
        made = SSLContext.getInstance("TLS");
        made.init(keyManagers(), trustManagers(), null);
      } catch (GeneralSecurityException unusable) {
        throw new UnusableStoreException(
            "the JVM makes no TLS of the stores: " + unusable.getMessage(), unusable);
      }
      context = made;
    }
    return made;
  }

  private KeyManager @Nullable [] keyManagers() throws IOException, GeneralSecurityException {
    if (stores.keyStore() == null) {
      return null;
    }
    char[] password = chars(stores.keyPassword());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(load("redis.keyStore", stores.keyStore(), password), password);
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trustManagers() throws IOException, GeneralSecurityException {
    if (stores.trustStore() == null) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(load("redis.trustStore", stores.trustStore(), chars(stores.trustPassword())));
    return factory.getTrustManagers();
  }

  private static KeyStore load(String setting, Path file, char @Nullable [] password)
      throws GeneralSecurityException, UnusableStoreException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType()); // reads JKS and PKCS12
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
      return store;
    } catch (IOException unreadable) {
      throw new UnusableStoreException(
          setting + " \"" + file + "\" cannot be read; is the file there, and the password right?",
          unreadable);
    }
  }

  private static char @Nullable [] chars(@Nullable String password) {
    return password == null ? null : password.toCharArray();
  }

  /** A file of certificates that cannot be used; the message is for an operator. */
  static final class UnusableStoreException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableStoreException(String message, Exception cause) {
      super(message, cause);
    }
  }
}
