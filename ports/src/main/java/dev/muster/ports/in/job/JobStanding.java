package dev.muster.ports.in.job;

import dev.muster.domain.job.Job;

/**
 * A job as it stands now.
 *
 * @param queuePriority the formula's whole number at this moment
 */
public record JobStanding(Job job, int queuePriority) {}
