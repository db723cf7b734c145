/**
 * What the agent tells its operator: one line an event, {@code event=… key=value …}, on standard
 * error.
 *
 * <p>Failure modes: none. Values that could break a line or forge a second one (line breaks,
 * control characters, quotes) are escaped, because some of them come from the network.
 */
@NullMarked
package dev.muster.agent.journal;

import org.jspecify.annotations.NullMarked;
