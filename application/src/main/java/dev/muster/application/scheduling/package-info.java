/**
 * Giving jobs to agents, taking their reports, and the server's own sweeps.
 *
 * <p>Every poll that waits on this replica is parked in memory; one loop per replica plans for all
 * of them at once, storage carries the plan out under conditions, and polls are answered after the
 * commit. Nothing is lost with this memory: a job that was assigned to a poll that died is answered
 * to the next poll with the same claim id, or goes back to the queue after two heartbeats.
 */
@NullMarked
package dev.muster.application.scheduling;

import org.jspecify.annotations.NullMarked;
