package dev.muster.http.scheduling;

import dev.muster.domain.scheduling.Forecast;
import dev.muster.domain.scheduling.Forecast.Ends;
import dev.muster.domain.scheduling.Forecast.OfPriority;
import dev.muster.domain.scheduling.Forecast.OfTenant;
import dev.muster.domain.scheduling.Forecast.Waits;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Simulated;
import dev.muster.wire.json.Json;
import java.time.Duration;
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
    json.put("assume_failures", question.assumedFailures());
    json.put("horizon_seconds", question.horizon().toSeconds());
    json.put("replayed", simulated.replayed());
    json.put("left_out", simulated.leftOut());
    json.set("now", forecast(simulated.now(), asked));
    json.set("changed", forecast(simulated.changed(), asked));
    return json;
  }

  private static ObjectNode forecast(Forecast forecast, Set<TenantSlug> asked) {
    var json = Json.object();
    json.put("agents", forecast.agents());
    json.put("slots", forecast.slots());
    json.put("no_agent_fits", forecast.unfit());
    json.set("waits", waits(forecast.all()));
    json.set("ends", ends(forecast.ends()));
    var priorities = json.putArray("priorities");
    forecast.priorities().forEach(each -> priorities.add(priority(each)));
    var tenants = json.putArray("tenants");
    shown(forecast.tenants(), asked).forEach(each -> tenants.add(tenant(each)));
    return json;
  }

  private static ObjectNode priority(OfPriority priority) {
    var json = Json.object().put("priority", priority.priority().wireName());
    json.set("waits", waits(priority.waits()));
    json.set("ends", ends(priority.ends()));
    return json;
  }

  private static ObjectNode tenant(OfTenant tenant) {
    var json = Json.object();
    json.put("tenant_id", tenant.tenant().toString());
    json.put("slug", tenant.slug().value());
    json.set("waits", waits(tenant.waits()));
    json.set("ends", ends(tenant.ends()));
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

  private static ObjectNode waits(Waits waits) {
    var json = Json.object();
    var last = waits.lastStart();
    json.put("jobs", waits.jobs());
    json.put("would_start", waits.starts());
    json.put("would_not_start", waits.jobs() - waits.starts());
    json.put("p50_seconds", seconds(waits.median()));
    json.put("p95_seconds", seconds(waits.ninetyFifth()));
    json.put("longest_seconds", seconds(waits.longest()));
    json.put("last_start_at", last == null ? null : Json.time(last));
    return json;
  }

  private static ObjectNode ends(Ends ends) {
    var json = Json.object();
    json.put("completed", ends.completed());
    json.put("failed", ends.failed());
    json.put("expired", ends.expired());
    json.put("under_way", ends.underWay());
    json.put("not_started", ends.notStarted());
    json.put("retries", ends.retries());
    return json;
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis() / MILLIS;
  }
}
