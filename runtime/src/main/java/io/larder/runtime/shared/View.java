package io.larder.runtime.shared;

/**
 * What this JVM believes of the store, as one object, so that who looks sees parts that go
 * together.
 *
 * @param era the epoch and its clock
 * @param tags when they were invalidated, as heard
 */
record View(Era era, TagVersions tags) {}
