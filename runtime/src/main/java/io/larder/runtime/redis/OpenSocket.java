package io.larder.runtime.redis;

import java.io.IOException;
import java.net.Socket;

/**
 * A connected socket and what lies under it.
 *
 * @param socket what is read and written: the encrypted one under TLS
 * @param raw closes without waiting for anything, which an encrypted one does not
 */
record OpenSocket(Socket socket, Socket raw) {

  void closeAtOnce() {
    try {
      raw.close();
    } catch (IOException closedAnyway) {
      // Nothing was to be had from it any more.
    }
  }
}
