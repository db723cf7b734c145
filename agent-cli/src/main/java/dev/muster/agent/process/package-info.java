/**
 * Programs that jobs run, and everything that those programs start in turn.
 *
 * <p>A program runs in a session of its own and carries a mark in its environment, which its
 * children inherit. Whatever has the session, the mark, or an ancestor with either belongs to the
 * job and goes with it: first asked to end, then killed, until none is left.
 *
 * <p>Failure modes: a process that left the session, cleared its environment and lost its parent
 * before it was looked for is not found; one that another user owns cannot be killed and is
 * reported. Without {@code /proc} only direct descendants are found.
 */
@NullMarked
package dev.muster.agent.process;

import org.jspecify.annotations.NullMarked;
