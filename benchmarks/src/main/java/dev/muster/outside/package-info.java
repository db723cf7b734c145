/**
 * Muster from outside: its programs as processes and its API as a caller sees it, for the
 * demonstration and the benchmarks.
 */
@NullMarked
package dev.muster.outside;

import org.jspecify.annotations.NullMarked;
