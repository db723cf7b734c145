/** The embedded PostgreSQL tested with the real program: started, killed, orphaned, refused. */
@NullMarked
package dev.muster.jdbc.embedded;

import org.jspecify.annotations.NullMarked;
