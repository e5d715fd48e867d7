package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUri.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link RedisUri}. By hand, because {@code java.net.URI} knows one host only and quotes
 * the password in its messages. For one use.
 */
final class RedisUriParser {

  private static final int SERVER_PORT = 6379;
  private static final int SENTINEL_PORT = 26379;
  private static final String FORMS =
      "redis://[user[:password]@]host[:port][/database],"
          + " redis-sentinel://host[:port],...[/database]?master=name"
          + " or redis-cluster://host[:port],..., with rediss for TLS";

  private final String text;

  /** The text as messages may quote it. */
  private final String shown;

  RedisUriParser(String text) {
    this.text = text.strip();
    this.shown = withoutCredentials(this.text);
  }

  RedisUri parse() {
    int schemeEnd = text.indexOf("://");
    if (schemeEnd < 0) {
      throw wrong("it has no scheme; known are " + FORMS);
    }
    String scheme = text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
    boolean tls = scheme.startsWith("rediss");
    Kind kind =
        switch (tls ? "redis" + scheme.substring("rediss".length()) : scheme) {
          case "redis" -> Kind.STANDALONE;
          case "redis-sentinel" -> Kind.SENTINEL;
          case "redis-cluster" -> Kind.CLUSTER;
          default -> throw wrong("unknown scheme \"" + scheme + "\"; known are " + FORMS);
        };
    String rest = text.substring(schemeEnd + "://".length());
    int queryAt = rest.indexOf('?', rest.lastIndexOf('@') + 1);
    String query = queryAt < 0 ? "" : rest.substring(queryAt + 1);
    rest = queryAt < 0 ? rest : rest.substring(0, queryAt);
    int at = rest.lastIndexOf('@');
    RedisCredentials credentials =
        at < 0 ? RedisCredentials.NONE : credentials(rest.substring(0, at));
    rest = rest.substring(at + 1);
    int slash = rest.indexOf('/');
    String hosts = slash < 0 ? rest : rest.substring(0, slash);
    int database = slash < 0 ? 0 : database(rest.substring(slash + 1));
    if (kind == Kind.CLUSTER && database != 0) {
      throw wrong("a cluster has database 0 only; leave \"/" + database + "\" out");
    }
    List<Endpoint> endpoints = endpoints(hosts, kind);
    return new RedisUri(kind, tls, endpoints, credentials, database, master(query, kind));
  }

  private @Nullable String master(String query, Kind kind) {
    String master = null;
    for (String option : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      // Lettuce and Spring say sentinelMasterId.
      boolean isMaster = name.equals("master") || name.equals("sentinelMasterId");
      if (kind != Kind.SENTINEL || !isMaster) {
        String known = kind == Kind.SENTINEL ? "known is master" : "it takes none";
        throw wrong("unknown option \"" + name + "\"; " + known);
      }
      master = equals < 0 ? "" : decoded(option.substring(equals + 1));
    }
    if (kind == Kind.SENTINEL && (master == null || master.isEmpty())) {
      throw wrong("the name of the master is missing: add \"?master=<name>\"");
    }
    return master;
  }

  private List<Endpoint> endpoints(String hosts, Kind kind) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String host : hosts.split(",", -1)) {
      endpoints.add(endpoint(host.strip(), kind == Kind.SENTINEL ? SENTINEL_PORT : SERVER_PORT));
    }
    if (kind == Kind.STANDALONE && endpoints.size() > 1) {
      throw wrong("redis:// takes one host; several are for redis-sentinel:// or redis-cluster://");
    }
    return endpoints;
  }

  private Endpoint endpoint(String text, int defaultPort) {
    int bracket = text.indexOf(']'); // of an IPv6 address
    int colon = text.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? text : text.substring(0, colon);
    if (bracket >= 0 && (!host.startsWith("[") || !host.endsWith("]"))) {
      throw wrong("unreadable host \"" + text + "\"; an IPv6 address stands in brackets: [::1]");
    }
    host = bracket < 0 ? host : host.substring(1, host.length() - 1);
    if (host.isEmpty()) {
      throw wrong("the host is missing");
    }
    if (bracket < 0 && !host.matches("[\\p{Alnum}._-]+")) {
      throw wrong(
          "unreadable host \""
              + host
              + "\"; a password's special characters are escaped"
              + " as in a URL, \"@\" as %40");
    }
    return new Endpoint(host, colon < 0 ? defaultPort : port(text.substring(colon + 1)));
  }

  private int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw wrong("the port must be a number from 1 to 65535: \"" + text + "\"");
    }
    return port;
  }

  private int database(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("\\d{1,5}")) {
      throw wrong("the database must be a number from 0: \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private RedisCredentials credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
    String password = colon < 0 ? null : decoded(userInfo.substring(colon + 1));
    return new RedisCredentials(user.isEmpty() ? null : user, password);
  }

  private String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException unreadable) { // its message would quote the password
      throw wrong("a \"%\" is not followed by two hexadecimal digits; itself it is written %25");
    }
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException("redis.uri \"" + shown + "\": " + why);
  }

  private static String withoutCredentials(String text) {
    int at = text.lastIndexOf('@');
    int schemeEnd = text.indexOf("://");
    if (at < 0) {
      return text;
    }
    return (schemeEnd < 0 || schemeEnd > at ? "" : text.substring(0, schemeEnd + 3))
        + "***"
        + text.substring(at);
  }
}
