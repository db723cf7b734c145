/**
 * How an agent proves that it may join.
 *
 * <p>Tokens admit a number of agents within a time. A token is usable, or revoked, expired or
 * exhausted; which of these it was is said only to someone who holds it. What an agent claims of
 * itself must satisfy the token's constraints: a filter, not a proof.
 */
@NullMarked
package dev.muster.domain.enrolment;

import org.jspecify.annotations.NullMarked;
