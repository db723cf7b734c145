/**
 * What every storage of jobs must do, in memory or in PostgreSQL: the same contracts run against
 * both.
 */
@NullMarked
package dev.muster.ports.out.job;

import org.jspecify.annotations.NullMarked;
