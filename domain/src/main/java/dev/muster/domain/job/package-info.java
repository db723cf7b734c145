/**
 * Jobs: their states, attempts, and what ends them.
 *
 * <p>{@code queued → assigned → running → completed | failed | cancelled}; {@code queued → expired
 * | cancelled}; a leased job goes back to {@code queued} when its agent releases it, its lease is
 * lost with budget left, or its failure may be retried. Each assignment raises the attempt, the
 * fence: every write of an agent carries it, and a stale one changes nothing.
 */
@NullMarked
package dev.muster.domain.job;

import org.jspecify.annotations.NullMarked;
