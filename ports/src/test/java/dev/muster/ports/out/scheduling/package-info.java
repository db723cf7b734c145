/** What every queue must do, in memory or in PostgreSQL: the same contracts run against both. */
@NullMarked
package dev.muster.ports.out.scheduling;

import org.jspecify.annotations.NullMarked;
