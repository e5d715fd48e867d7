/**
 * The part of the agent that the system class loader sees: the JVM's entry, and the loader that
 * hides all the rest.
 */
package io.larder.agent.premain;
