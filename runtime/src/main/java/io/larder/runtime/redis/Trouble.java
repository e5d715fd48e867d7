package io.larder.runtime.redis;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a server, in words for an operator; names no key and no credentials.
 *
 * @param code Redis' own, as in {@code READONLY}, or one like it
 * @param effect what does not work
 * @param words end of the sentence that begins with the server's address
 */
record Trouble(String code, Effect effect, String words) {

  /** What a trouble makes impossible. */
  enum Effect {
    /** Anything. */
    TIER,
    /** Storing; reading goes on. */
    WRITES,
    /** Commands of one name. */
    COMMAND,
    /** This one command; the server is well. */
    NONE,
    /** Nothing: the key lives on another node. */
    MOVED
  }

  static final Trouble NOT_CONNECTED =
      new Trouble("NOT_CONNECTED", Effect.TIER, "is not connected yet");

  /** Whether a code stands for a trouble that leaves the rest usable. */
  static boolean isPartial(String code) {
    return switch (code) {
      case "READONLY", "OOM", "MISCONF", "NOREPLICAS", "NOPERM" -> true;
      default -> false;
    };
  }

  /** What an error reply means. */
  static Trouble of(RedisError error) {
    return switch (error.code()) {
      case "READONLY" ->
          writes(error, "is a read-only replica: it can be read, and stores nothing");
      case "OOM" ->
          writes(
              error,
              "is full and evicts nothing: it can be read, and stores nothing; raise maxmemory, or"
                  + " set maxmemory-policy to allkeys-lru");
      case "MISCONF" ->
          writes(
              error,
              "cannot save to its disk: it can be read, and stores nothing until that is mended, or"
                  + " stop-writes-on-bgsave-error is no");
      case "NOREPLICAS" ->
          writes(error, "has too few replicas: it can be read, and stores nothing");
      case "LOADING" -> tier(error, "is loading its data from disk");
      case "CLUSTERDOWN" -> tier(error, "says that the cluster is down: not all slots are served");
      case "MASTERDOWN" -> tier(error, "is a replica that has lost its master");
      case "BUSY", "UNKILLABLE" -> tier(error, "is busy with a script that does not end");
      case "NOAUTH" -> tier(error, "asks for a password; give redis.uri or redis.passwordFile one");
      case "WRONGPASS" -> tier(error, "does not accept the user or the password");
      case "NOPERM" ->
          new Trouble(
              error.code(),
              Effect.COMMAND,
              "does not permit the user what Larder needs; see \"Rights\" in docs/redis.md");
      case "WRONGTYPE" ->
          new Trouble(
              error.code(),
              Effect.NONE,
              "has something of another type under one of Larder's keys; does another program use"
                  + " the same prefix?");
      case "MOVED", "ASK", "TRYAGAIN" ->
          new Trouble(error.code(), Effect.MOVED, "does not hold the key any more");
      default -> ofText(error);
    };
  }

  private static Trouble ofText(RedisError error) {
    String message = error.message().toLowerCase(Locale.ROOT);
    if (message.contains("max number of clients")) {
      return new Trouble("MAXCLIENTS", Effect.TIER, "has as many clients as it takes (maxclients)");
    }
    if (message.contains("invalid password")) { // before Redis 6
      return new Trouble("WRONGPASS", Effect.TIER, "does not accept the user or the password");
    }
    if (message.contains("db index")) {
      return new Trouble("DATABASE", Effect.TIER, "has no database of that number");
    }
    if (message.contains("cluster support disabled")) {
      return new Trouble("MODE", Effect.TIER, "is no cluster; write redis:// in redis.uri");
    }
    if (message.contains("without any password configured")) {
      return new Trouble("NOPASS", Effect.TIER, "asks for no password, and was given one");
    }
    return new Trouble(error.code(), Effect.NONE, "answered with the error " + error.code());
  }

  private static Trouble writes(RedisError error, String words) {
    return new Trouble(error.code(), Effect.WRITES, words);
  }

  private static Trouble tier(RedisError error, String words) {
    return new Trouble(error.code(), Effect.TIER, words);
  }

  /** What it means that there is no connection. */
  static Trouble of(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return connect("UNKNOWN_HOST", "is a host name that cannot be resolved");
    }
    if (failure instanceof NoRouteToHostException) {
      return connect("NO_ROUTE", "cannot be reached: there is no route to it");
    }
    if (failure instanceof ConnectException) {
      return connect("REFUSED", "refuses connections (is it running there?)");
    }
    if (failure instanceof SocketTimeoutException) {
      return connect("TIMEOUT", "does not answer");
    }
    if (failure instanceof SSLException) {
      return tls(failure);
    }
    return connect("CONNECTION", "ends connections");
  }

  private static Trouble tls(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (cause(failure, CertificateExpiredException.class)) {
      return connect("TLS", "has a TLS certificate that has expired");
    }
    if (cause(failure, CertificateNotYetValidException.class)) {
      return connect("TLS", "has a TLS certificate that is not valid yet");
    }
    if (message.contains("PKIX") || message.contains("trustAnchors")) {
      return connect(
          "TLS", "has a TLS certificate that nobody trusted has signed; set redis.trustStore");
    }
    if (cause(failure, CertificateException.class)) {
      return connect("TLS", "has a TLS certificate for another host name");
    }
    if (message.equals(SocketOpener.SILENT)) {
      return connect("TLS", "does not answer in TLS (is that the port for it?)");
    }
    if (message.contains("SSL message")) {
      return connect("TLS", "does not speak TLS there (is it redis:// or another port?)");
    }
    return message.contains("certificate_required") || message.contains("bad_certificate")
        ? connect("TLS", "asks Larder for a TLS certificate (tls-auth-clients); set redis.keyStore")
        : connect("TLS", "and Larder agree on no TLS");
  }

  private static boolean cause(Throwable failure, Class<?> type) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  static Trouble connect(String code, String words) {
    return new Trouble(code, Effect.TIER, words);
  }
}
