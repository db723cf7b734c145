/**
 * Tenants and plans in PostgreSQL. The limits in force stand beside each tenant's counters and
 * follow every change of the tenant or its plan in the same transaction.
 *
 * <p>Failure modes are those of {@link dev.muster.jdbc}.
 */
@NullMarked
package dev.muster.jdbc.tenancy;

import org.jspecify.annotations.NullMarked;
