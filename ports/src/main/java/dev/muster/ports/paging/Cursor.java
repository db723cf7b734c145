package dev.muster.ports.paging;

import java.time.Instant;
import java.util.UUID;

/** The last item of a page: when it was made, to the microsecond, and which it is. */
public record Cursor(Instant at, UUID id) {}
