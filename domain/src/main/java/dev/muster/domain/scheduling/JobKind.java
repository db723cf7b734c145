package dev.muster.domain.scheduling;

import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What decides which agents a job fits: jobs of one kind are matched once in a plan.
 *
 * @param tenant null where every agent treats the job's tenant like any other
 * @param patient whether the job still waits for the region that it prefers
 */
record JobKind(
    @Nullable TenantId tenant,
    Pool pool,
    String workerType,
    Requirements requirements,
    boolean patient) {}
