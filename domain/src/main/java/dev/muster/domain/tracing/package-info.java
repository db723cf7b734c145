/**
 * How work is told to belong to a trace: the one line that travels between programs ({@code
 * traceparent}, W3C Trace Context).
 *
 * <p>It names a trace and nothing else: no rule depends on it. Failure mode: what is no trace
 * context is none, as the standard says; whoever sent it is not refused for that.
 */
@NullMarked
package dev.muster.domain.tracing;

import org.jspecify.annotations.NullMarked;
