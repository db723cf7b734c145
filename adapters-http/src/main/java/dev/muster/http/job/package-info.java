/**
 * Jobs over HTTP, as those who submit them see them.
 *
 * <p>A log can be followed as server-sent events. Such a stream ends when the job has ended and all
 * was said, when the server stops, or when the caller's credential is taken back.
 */
@NullMarked
package dev.muster.http.job;

import org.jspecify.annotations.NullMarked;
