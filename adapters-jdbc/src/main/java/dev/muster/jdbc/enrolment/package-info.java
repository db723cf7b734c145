/**
 * Enrolment tokens in PostgreSQL, and who joined with them. A use is taken by one conditional
 * statement, so that no number of callers gets in beyond the most.
 *
 * <p>Failure modes are those of {@link dev.muster.jdbc}.
 */
@NullMarked
package dev.muster.jdbc.enrolment;

import org.jspecify.annotations.NullMarked;
