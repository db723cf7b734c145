/** What of a job's way is traced, and what is not. */
@NullMarked
package dev.muster.server.tracing;

import org.jspecify.annotations.NullMarked;
