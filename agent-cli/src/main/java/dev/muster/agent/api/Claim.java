package dev.muster.agent.api;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A request for work.
 *
 * @param capabilities what this agent can do
 * @param tools the programs it may run
 * @param workerType must be the tenant's
 * @param tenantSlug the tenant to serve, {@code *} for any
 * @param maxJobs how many jobs it can take now; 0 waits for control messages only
 * @param longest how long the server may hold the request
 * @param claimId makes the claim repeatable: the same id answers the same jobs
 * @param jobTokens whether jobs shall come with tokens of their own
 */
public record Claim(
    List<String> capabilities,
    List<String> tools,
    String workerType,
    String tenantSlug,
    int maxJobs,
    Duration longest,
    UUID claimId,
    boolean jobTokens) {}
