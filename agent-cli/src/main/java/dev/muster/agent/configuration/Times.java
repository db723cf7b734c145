package dev.muster.agent.configuration;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param poll how long the server may hold a poll
 * @param shutdownGrace what running jobs get when the agent is told to stop
 * @param cancelGrace what a cancelled job's processes get between SIGTERM and SIGKILL
 */
public record Times(Duration poll, Duration shutdownGrace, Duration cancelGrace) {}
