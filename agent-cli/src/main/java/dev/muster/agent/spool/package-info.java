/**
 * What the server has not taken yet, on disk: the outcomes of jobs, and log lines that do not fit
 * into memory. Whoever starts the agent again on the same state folder delivers them.
 *
 * <p>Failure modes: logs are bounded, and the oldest go first; outcomes are never thrown away.
 * Where the disk takes nothing, an outcome stays in memory as before, and lines are dropped with a
 * gap in their numbers. A damaged file is told of and removed.
 */
@NullMarked
package dev.muster.agent.spool;

import org.jspecify.annotations.NullMarked;
