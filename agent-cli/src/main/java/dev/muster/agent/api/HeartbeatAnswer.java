package dev.muster.agent.api;

import dev.muster.domain.job.JobId;
import java.time.Duration;
import java.util.List;

/**
 * What the server says to a heartbeat.
 *
 * @param cancel jobs to cancel
 * @param lost jobs that are no longer this agent's
 * @param next when to send the next one
 */
public record HeartbeatAnswer(List<JobId> cancel, List<JobId> lost, Duration next) {}
