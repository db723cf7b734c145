/**
 * What server and agent say about how long things took, and in which trace: spans, as a port of
 * their own. Who sends them where is {@link dev.muster.tracing.otlp}; unless tracing is switched on
 * nothing of that is loaded.
 *
 * <p>A span carries ids, names that are known in advance, and numbers: never a payload, a result,
 * an argument or a secret. No failure in here reaches the work that is traced.
 */
@NullMarked
package dev.muster.tracing;

import org.jspecify.annotations.NullMarked;
