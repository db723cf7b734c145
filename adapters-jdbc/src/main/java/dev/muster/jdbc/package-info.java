/**
 * PostgreSQL: the connection pool, migrations, transactions, and the clock that all replicas share.
 * What a slice stores is in the package of that slice.
 *
 * <p>A transaction works as one of two database roles, never as the login itself: {@code
 * muster_tenant} sees the rows of the tenant that is set, {@code muster_system} sees all. Row-level
 * security holds even where a statement forgets its predicate.
 *
 * <p>States of a transaction: <em>open</em>, in the scope of a tenant or across tenants; <em>to be
 * undone</em>, after any work in it threw or was refused; <em>ended</em>.
 *
 * <p>Failure modes: the database cannot be reached, is full, is stopping, only reads, or takes too
 * long ({@link dev.muster.ports.StorageUnavailable}); a statement is wrong ({@link
 * java.lang.IllegalStateException}); the database cannot be used at all, found at start ({@link
 * dev.muster.jdbc.UnusableDatabaseException}).
 */
@NullMarked
package dev.muster.jdbc;

import org.jspecify.annotations.NullMarked;
