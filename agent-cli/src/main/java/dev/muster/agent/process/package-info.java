/**
 * Programs that jobs run, and everything that those programs start in turn.
 *
 * <p>A program runs in a session of its own and carries a mark in its environment, which its
 * children inherit; where the agent's control group is the agent's to divide, it also gets a group
 * of its own, which nothing leaves by forking. Whatever has the group, the session, the mark, or an
 * ancestor with one of them belongs to the job and goes with it: first asked to end, then killed,
 * until none is left.
 *
 * <p>Failure modes: without a control group, a process that left the session, cleared its
 * environment and lost its parent before it was looked for is not found. A program of the agent's
 * own user that means to can move itself to another group: the group finds what strays, and holds
 * nobody. A process that another user owns cannot be killed and is reported. Without {@code /proc}
 * only direct descendants are found.
 */
@NullMarked
package dev.muster.agent.process;

import org.jspecify.annotations.NullMarked;
