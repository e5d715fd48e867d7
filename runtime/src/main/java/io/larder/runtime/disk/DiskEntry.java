package io.larder.runtime.disk;

import io.larder.runtime.model.Entry;
import java.util.List;

/**
 * An entry as this JVM, or the one before it, stored it.
 *
 * @param entry without lineage, which is that of a running JVM
 * @param tags the names of its tags
 * @param stamp of this JVM's store; what is invalidated later outdates it
 * @param session in which its load began; see {@link DiskStore#beginSession}; 0 for none
 */
public record DiskEntry(Entry entry, List<String> tags, long stamp, long session) {

  /** Copies. */
  public DiskEntry {
    tags = List.copyOf(tags);
  }
}
