package dev.muster.domain.job;

import org.jspecify.annotations.Nullable;

/**
 * How far a job is.
 *
 * @param percent 0 to 100, or null where it cannot be said
 */
public record Progress(@Nullable Integer percent, @Nullable String message) {}
