package dev.muster.domain.planted;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nothing is wrong here, either. */
public record Innocent(List<@Nullable String> names) {}
