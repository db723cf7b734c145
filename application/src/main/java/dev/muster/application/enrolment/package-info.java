/**
 * Letting agents join, and issuing the tokens that let them. A use of a token is taken in the
 * transaction that makes the agent and its audit entry.
 */
@NullMarked
package dev.muster.application.enrolment;

import org.jspecify.annotations.NullMarked;
