/**
 * The one door, as every wire goes through it: who calls, whether they may, and what is asked of
 * them besides. It decides nothing itself; it asks the ports, and says what they refuse as {@link
 * dev.muster.wire.problem.Rejection}.
 */
@NullMarked
package dev.muster.wire.access;

import org.jspecify.annotations.NullMarked;
