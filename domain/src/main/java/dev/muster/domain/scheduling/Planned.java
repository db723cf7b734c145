package dev.muster.domain.scheduling;

/**
 * A start that is to be carried out.
 *
 * @param virtualTimeFloor the tenant's virtual time as raised before this plan's first start of it,
 *     the same in all that the plan starts of the tenant: with n starts it becomes {@code
 *     greatest(virtual_time, floor) + n × cost}
 */
public record Planned(Grant grant, QueuedJob job, long virtualTimeFloor) {}
