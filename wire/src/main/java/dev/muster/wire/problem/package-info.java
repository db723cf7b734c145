/**
 * Refusals, as RFC 9457 problem documents.
 *
 * <p>{@link ProblemCode} is the stable list that callers may rely on; {@code docs/problems.md}
 * explains it. A handler refuses by throwing {@link Rejection}; {@link Refusals} is the one place
 * that turns whatever was thrown into a {@link Problem}, and {@link ProblemJson} the one place that
 * writes it. A failure that nobody foresaw tells the caller its request id and nothing else.
 */
@NullMarked
package dev.muster.wire.problem;

import org.jspecify.annotations.NullMarked;
