/**
 * Users, their tokens as hashes, and answers to requests that may be repeated, in PostgreSQL.
 *
 * <p>Failure modes are those of {@link dev.muster.jdbc}.
 */
@NullMarked
package dev.muster.jdbc.access;

import org.jspecify.annotations.NullMarked;
