/**
 * The audit log in PostgreSQL, in partitions by month that nobody but the owner can change. What no
 * month was made for goes into a default partition.
 *
 * <p>Failure modes are those of {@link dev.muster.jdbc}.
 */
@NullMarked
package dev.muster.jdbc.audit;

import org.jspecify.annotations.NullMarked;
