/**
 * How agents join over HTTP, and the tokens that let them.
 *
 * <p>The calls that register are open: the proof is in the body or a header of its own. A
 * repetition is made safe by {@code registration_id}, not by an idempotency key, because it must
 * answer with secrets.
 */
@NullMarked
package dev.muster.http.enrolment;

import org.jspecify.annotations.NullMarked;
