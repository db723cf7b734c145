package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;

/** A job is to go to an agent. */
public record Grant(TenantId tenant, JobId job, AgentId agent) {}
