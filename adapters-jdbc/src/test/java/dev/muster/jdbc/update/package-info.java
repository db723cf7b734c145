/** Releases on a real PostgreSQL. */
@NullMarked
package dev.muster.jdbc.update;

import org.jspecify.annotations.NullMarked;
