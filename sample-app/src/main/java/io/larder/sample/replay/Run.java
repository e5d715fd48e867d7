package io.larder.sample.replay;

/**
 * How a line-up did in a stretch of the requests.
 *
 * @param name of the line-up, in the table
 * @param responses how the requests were answered
 * @param service what the processes measured meanwhile, added up
 */
record Run(String name, Responses responses, ServiceReading service) {}
