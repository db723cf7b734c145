/** Storage tested on a real PostgreSQL, with logins as production has them. */
@NullMarked
package dev.muster.jdbc;

import org.jspecify.annotations.NullMarked;
