/** Releases, their artifacts, and what agents made of them, in PostgreSQL. */
@NullMarked
package dev.muster.jdbc.update;

import org.jspecify.annotations.NullMarked;
