package dev.muster.agent.api;

import java.util.List;

/**
 * A sign of life, which renews the leases of the jobs it names.
 *
 * @param activeJobs every job this agent holds
 * @param version the agent's version
 * @param draining whether the agent was told to stop by its own host
 */
public record Heartbeat(List<Lease> activeJobs, String version, boolean draining) {}
