/**
 * The agent's own vault: a file on this host, and the rules for where each secret in it may go.
 *
 * <p>Failure modes: a file that others can read, or that another user owns, is refused as a whole;
 * a file that became unreadable while the agent runs resolves nothing until it is repaired. An
 * entry that is bound to other targets is refused, whatever the server says.
 */
@NullMarked
package dev.muster.agent.vault;

import org.jspecify.annotations.NullMarked;
