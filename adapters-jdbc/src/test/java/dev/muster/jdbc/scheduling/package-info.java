/** The queue on a real PostgreSQL: the contracts, and what only shows there: races and plans. */
@NullMarked
package dev.muster.jdbc.scheduling;

import org.jspecify.annotations.NullMarked;
