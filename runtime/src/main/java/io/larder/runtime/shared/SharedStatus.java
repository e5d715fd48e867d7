package io.larder.runtime.shared;

/**
 * How the sharing between JVMs is at one moment.
 *
 * @param coherent whether all that others invalidate arrives
 * @param reason why not, for an operator; empty if it does
 * @param sinceMillis when it became so, as {@code System.currentTimeMillis}
 * @param doubts how often it was in doubt, since the start
 * @param pendingInvalidations of this JVM that Redis does not know yet
 * @param messages that came from other JVMs
 * @param missing invalidations that have a number and did not arrive yet
 */
public record SharedStatus(
    boolean coherent,
    String reason,
    long sinceMillis,
    long doubts,
    int pendingInvalidations,
    long messages,
    long missing) {}
