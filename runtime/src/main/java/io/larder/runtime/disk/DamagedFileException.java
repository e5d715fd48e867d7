package io.larder.runtime.disk;

import java.io.IOException;

/** A file that is not, or not any more, what Larder wrote. */
final class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedFileException(String what) {
    super(what);
  }
}
