/**
 * What is measured, one class each. A scenario makes its own database, starts its own server, and
 * leaves neither behind; it notes figures, and judges nothing: that is {@code Goal}'s part.
 */
@NullMarked
package dev.muster.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
