package io.larder.runtime.disk;

import io.larder.runtime.model.Entry;
import java.util.List;

/**
 * An entry as this JVM, or the one before it, stored it.
 *
 * @param entry without lineage, which is that of a running JVM
 * @param tags the names of its tags
 */
public record DiskEntry(Entry entry, List<String> tags) {

  /** Copies. */
  public DiskEntry {
    tags = List.copyOf(tags);
  }
}
