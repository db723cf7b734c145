package dev.muster.agent.api;

import dev.muster.domain.job.JobId;

/**
 * The right of this agent to work on a job, and the fence that every report of it carries.
 *
 * @param job the job's id
 * @param attempt which assignment of the job this is; a later one makes this one void
 */
public record Lease(JobId job, int attempt) {}
