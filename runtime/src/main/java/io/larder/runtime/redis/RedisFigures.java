package io.larder.runtime.redis;

import io.larder.runtime.model.Latencies;

/**
 * What was counted of Redis since the start, and how its connections are used now.
 *
 * @param connects connections made; all but the first few replaced one that was lost
 * @param bytesRead about as many as came over the network
 * @param bytesWritten about as many as went over the network
 * @param rejected exchanges that were not begun: the breaker was open or no connection free
 * @param deadlineMisses exchanges that were not answered in time
 * @param connectionsLost exchanges whose connection broke
 * @param errorReplies commands that were answered with an error
 * @param breakerOpenings how often a circuit breaker opened
 * @param active connections in use
 * @param idle connections not in use
 * @param maximum connections that there may be
 * @param waiting threads that wait for a connection
 * @param readP50Nanos half of the exchanges of the last minute that read were at least this quick
 * @param readP99Nanos 99 of 100 of them were at least this quick
 * @param writeP50Nanos as for those that read
 * @param writeP99Nanos as for those that read
 */
public record RedisFigures(
    long connects,
    long bytesRead,
    long bytesWritten,
    long rejected,
    long deadlineMisses,
    long connectionsLost,
    long errorReplies,
    long breakerOpenings,
    int active,
    int idle,
    int maximum,
    int waiting,
    long readP50Nanos,
    long readP99Nanos,
    long writeP50Nanos,
    long writeP99Nanos)
    implements Latencies {}
