package dev.muster.http;

import dev.muster.domain.access.Action;
import dev.muster.http.RequestTracing.Traced;
import dev.muster.http.RequestTracing.Unnoted;
import dev.muster.http.route.Guard;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.wire.caller.Origin;

/**
 * Which requests are noted: all that people make, and of what agents say what is part of a trace.
 * Their polls and heartbeats come for as long as they live, and their log lines by the thousand.
 */
record TracedRequests(RequestTracing tracing) {
  Traced begin(Route route, Origin origin) {
    return isNoted(route, origin)
        ? tracing.begin(route.method().name(), route.path().text(), origin.trace())
        : new Unnoted(origin.trace());
  }

  private static boolean isNoted(Route route, Origin origin) {
    return switch (route.guard()) {
      case Guard.Open open -> false;
      case Guard.Needs needs when needs.audience() == Audience.AGENTS ->
          origin.trace() != null && needs.action() != Action.JOB_LOG;
      case Guard.Needs needs -> true;
    };
  }
}
