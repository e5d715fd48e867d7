package io.larder.runtime.model;

import java.util.List;

/**
 * What an entry descends from, which decides whether an invalidation outdates it.
 *
 * @param tags the entry's tags
 * @param bornAt the number of the last invalidation in its cache when its load began
 * @param stamp the same in the tier that several JVMs share; 0 where there is none
 */
public record Lineage(List<Tag> tags, long bornAt, long stamp) {

  /** Copies. */
  public Lineage {
    tags = List.copyOf(tags);
  }

  /** Whether no tag was invalidated since the load began. Allocates nothing: hits ask. */
  @SuppressWarnings("ForLoopReplaceableByForEach") // no iterator
  public boolean isAlive() {
    for (int i = 0; i < tags.size(); i++) {
      if (tags.get(i).invalidatedAt() > bornAt) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is a tag of this name. */
  public boolean has(String tag) {
    return tags.stream().anyMatch(each -> each.name().equals(tag));
  }
}
