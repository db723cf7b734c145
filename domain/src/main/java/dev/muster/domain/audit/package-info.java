/**
 * Who did what to what, when, from where, and the state before and after.
 *
 * <p>An entry is written in the transaction of the change it tells of: no audit, no change. Secrets
 * never stand in one.
 */
@NullMarked
package dev.muster.domain.audit;

import org.jspecify.annotations.NullMarked;
