/**
 * The agent at work: one file for each loop.
 *
 * <ul>
 *   <li>{@link dev.muster.agent.loop.ClaimLoop}: one long poll is always open
 *   <li>{@link dev.muster.agent.loop.HeartbeatLoop}: keeps the leases, hears what to cancel
 *   <li>{@link dev.muster.agent.loop.JobRunner}: one run of it per job, from claim to report
 *   <li>{@link dev.muster.agent.loop.LogCourier}: one per job, sends logs and progress
 * </ul>
 *
 * <p>States of a job here: admitted, working, ended (by itself, or because it was cancelled, timed
 * out, released or lost), reported. It holds its slot until the server has its outcome.
 *
 * <p>Failure modes: a server that is away is waited for, with the outcome kept in memory (as many
 * as there are slots); a lost lease stops the work and reports nothing; a refused credential stops
 * the agent. A killed agent loses its outcomes, and the server gives its jobs to another.
 */
@NullMarked
package dev.muster.agent.loop;

import org.jspecify.annotations.NullMarked;
