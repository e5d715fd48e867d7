package io.larder.runtime.shared;

import io.larder.runtime.model.Entry;
import java.util.List;

/**
 * An entry as another JVM, or this one, shared it.
 *
 * @param entry without lineage, which is this JVM's own
 * @param tags the names of its tags
 * @param stamp of this JVM; what is invalidated later outdates it
 */
public record SharedEntry(Entry entry, List<String> tags, long stamp) {}
