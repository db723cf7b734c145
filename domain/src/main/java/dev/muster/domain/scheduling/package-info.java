/**
 * Which job, for which agent, when: pure functions over a view of queue and fleet.
 *
 * <p>The plan is made from a view that may be a moment old; storage carries it out under conditions
 * (state, cap, fence) and reports what did not hold, which is then planned again.
 */
@NullMarked
package dev.muster.domain.scheduling;

import org.jspecify.annotations.NullMarked;
