package io.larder.sample.replay;

/**
 * One half of the comparison.
 *
 * @param responses how the requests were answered
 * @param service what the service measured meanwhile
 */
record Run(Responses responses, ServiceReading service) {}
