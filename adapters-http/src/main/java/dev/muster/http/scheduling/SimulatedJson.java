package dev.muster.http.scheduling;

import dev.muster.domain.scheduling.Forecast;
import dev.muster.domain.scheduling.Forecast.OfPriority;
import dev.muster.domain.scheduling.Forecast.OfTenant;
import dev.muster.domain.scheduling.Forecast.Waits;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Simulated;
import dev.muster.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a simulation has found out, on the wire. */
final class SimulatedJson {
  private static final double MILLIS = 1_000;
  private static final int MOST_TENANTS = 200;

  private SimulatedJson() {}

  static ObjectNode of(Simulated simulated) {
    var question = simulated.question();
    var asked = question.changes().tenants().keySet();
    var json = Json.object();
    json.put("as_of", Json.time(simulated.at()));
    json.put("assume_run_seconds", question.assumedRun().toSeconds());
    json.put("horizon_seconds", question.horizon().toSeconds());
    json.put("replayed", simulated.replayed());
    json.put("left_out", simulated.leftOut());
    json.set("now", forecast(simulated.now(), asked, simulated.at()));
    json.set("changed", forecast(simulated.changed(), asked, simulated.at()));
    return json;
  }

  private static ObjectNode forecast(Forecast forecast, Set<TenantSlug> asked, Instant at) {
    var json = Json.object();
    json.put("agents", forecast.agents());
    json.put("slots", forecast.slots());
    json.put("no_agent_fits", forecast.unfit());
    json.set("waits", waits(forecast.all(), at));
    var priorities = json.putArray("priorities");
    forecast.priorities().forEach(each -> priorities.add(priority(each, at)));
    var tenants = json.putArray("tenants");
    shown(forecast.tenants(), asked).forEach(each -> tenants.add(tenant(each, at)));
    return json;
  }

  private static ObjectNode priority(OfPriority priority, Instant at) {
    var json = Json.object().put("priority", priority.priority().wireName());
    json.set("waits", waits(priority.waits(), at));
    return json;
  }

  private static ObjectNode tenant(OfTenant tenant, Instant at) {
    var json = Json.object();
    json.put("tenant_id", tenant.tenant().toString());
    json.put("slug", tenant.slug().value());
    json.set("waits", waits(tenant.waits(), at));
    return json;
  }

  /** Those that were asked about first, then those with the most jobs. */
  private static List<OfTenant> shown(List<OfTenant> tenants, Set<TenantSlug> asked) {
    return tenants.stream()
        .sorted(
            Comparator.comparing((OfTenant each) -> !asked.contains(each.slug()))
                .thenComparing(each -> -each.waits().jobs())
                .thenComparing(each -> each.slug().value()))
        .limit(MOST_TENANTS)
        .toList();
  }

  private static ObjectNode waits(Waits waits, Instant at) {
    var json = Json.object();
    var longest = waits.longest();
    json.put("jobs", waits.jobs());
    json.put("would_start", waits.starts());
    json.put("would_not_start", waits.jobs() - waits.starts());
    json.put("p50_seconds", seconds(waits.median()));
    json.put("p95_seconds", seconds(waits.ninetyFifth()));
    json.put("longest_seconds", seconds(longest));
    json.put("last_start_at", longest == null ? null : Json.time(at.plus(longest)));
    return json;
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis() / MILLIS;
  }
}
