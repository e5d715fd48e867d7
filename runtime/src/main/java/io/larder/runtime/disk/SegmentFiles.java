package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Makes the files of segments; those of tests fail or are slow. */
interface SegmentFiles {

  /**
   * A new file of records.
   *
   * @param increment by how many bytes it grows
   */
  RecordFile create(Path file, long increment) throws IOException;
}
