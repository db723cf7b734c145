/**
 * What everything else is measured against: the same HTTP server answering without doing anything,
 * and the same PostgreSQL without anything in front of it.
 */
@NullMarked
package dev.muster.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
