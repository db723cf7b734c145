/**
 * What is measured of the whole system, with the floor beside it in the same run. Figures are
 * written down in {@code docs/performance.md} with machine and command; ratios count, single times
 * do not.
 */
@NullMarked
package dev.muster.benchmarks;

import org.jspecify.annotations.NullMarked;
