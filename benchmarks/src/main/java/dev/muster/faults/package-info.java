/**
 * Fault runs: replicas, PostgreSQL and agents are killed, paused and cut off in the middle of work,
 * at moments that a seed decides, and afterwards the history of all that happened is checked.
 *
 * <p>Two records are made. The database notes each change of a job in the transaction that makes it
 * ({@link dev.muster.faults.HistoryTables}): because whoever starts or ends a lease holds the
 * tenant's and the agent's counters before the job, the order of the notes is the order in which
 * things became true, and a cap can be checked at every instant instead of at samples. And clients
 * note what they were told, and when ({@link dev.muster.faults.Seen}). Both are held against the
 * {@linkplain dev.muster.faults.Law laws}, each a query that must find nothing, and each proved by
 * a violation that is planted and found.
 *
 * <p>A run also fails where a job has not ended within a bound, or where PostgreSQL met a deadlock.
 */
@NullMarked
package dev.muster.faults;

import org.jspecify.annotations.NullMarked;
