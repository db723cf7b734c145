/**
 * Jobs, attempts, logs and leases in PostgreSQL.
 *
 * <p>A job is one row. Where it stands is its {@code status}; a queued one whose time has not come
 * is not {@code due} and stands outside its lane. How many jobs a tenant has queued and running is
 * counted in its row of {@code tenant_counters}, in the transaction that changes a status, so that
 * a limit is one conditional statement and never a count.
 *
 * <p>Locks are taken in the order tenant (its counters), agent, job. A change is conditional on the
 * status and the attempt that it was decided on: what does not hold any more changes nothing and is
 * answered as a value. A database that is away is {@link dev.muster.ports.StorageUnavailable}.
 */
@NullMarked
package dev.muster.jdbc.job;

import org.jspecify.annotations.NullMarked;
