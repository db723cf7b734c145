/**
 * Where jobs, their attempts and their logs are kept. Every change of a job is conditional on the
 * state and the attempt that it was decided on, and moves its tenant's counters in the same
 * transaction. Locks are taken in the order tenant, agent, job.
 */
@NullMarked
package dev.muster.ports.out.job;

import org.jspecify.annotations.NullMarked;
