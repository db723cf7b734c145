/**
 * Doing together what many callers want at the same moment.
 *
 * <p>Failure modes: what fails for a whole batch is tried for each of its items alone, so that a
 * bad one fails by itself; where storage is away all of them are told so.
 */
@NullMarked
package dev.muster.application.gathering;

import org.jspecify.annotations.NullMarked;
