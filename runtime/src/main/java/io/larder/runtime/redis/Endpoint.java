package io.larder.runtime.redis;

/**
 * Where a server listens.
 *
 * @param host a name or an address, without the brackets of IPv6
 * @param port from 1 to 65535
 */
public record Endpoint(String host, int port) {

  /** Checks the port. */
  public Endpoint {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 1 to 65535: " + port);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
