/**
 * Which job, for which agent, when: pure rules over what is remembered of queue and fleet.
 *
 * <p>A {@link dev.muster.domain.scheduling.Backlog} remembers, on one replica, how each tenant
 * stands and how its lanes begin; {@link dev.muster.domain.scheduling.WaitingAgents} are those that
 * wait there. A plan holds a contest for each pool: who may start next is decided by {@code
 * FairTurns}, which of its jobs by {@link dev.muster.domain.scheduling.QueuePriority}, and who gets
 * it by {@link dev.muster.domain.scheduling.Matching} and load.
 *
 * <p>The memory may be behind storage, or ahead of it. Storage carries a plan out under conditions
 * (state, cap, fence) and reports what did not hold; that is forgotten, or planned again. What came
 * in unseen is noticed by the count of arrivals, and the tenant's lanes are read again; what is
 * more than a lane's window is read on when the window runs low.
 */
@NullMarked
package dev.muster.domain.scheduling;

import org.jspecify.annotations.NullMarked;
