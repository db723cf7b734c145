package dev.muster.http.scheduling;

import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.Pool;
import dev.muster.ports.in.scheduling.QueueOverview.Front;
import dev.muster.ports.in.scheduling.QueueOverview.OfClass;
import dev.muster.ports.in.scheduling.QueueOverview.OfTenant;
import dev.muster.ports.in.scheduling.QueueOverview.Overview;
import dev.muster.ports.in.scheduling.QueueOverview.Waits;
import dev.muster.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Numbers over the queue, on the wire. */
final class QueueOverviewJson {
  private static final double MILLIS = 1_000;

  private QueueOverviewJson() {}

  static ObjectNode of(Overview overview) {
    var json = Json.object();
    json.put("as_of", Json.time(overview.at()));
    json.put("queued", overview.load().queued());
    json.put("running", overview.load().running());
    json.set("oldest", oldest(overview, front -> true));
    json.put("counted_at", Json.time(overview.count().at()));
    json.put("delayed", classes(overview, each -> true).mapToLong(OfClass::delayed).sum());
    var priorities = json.putArray("priorities");
    Stream.of(Priority.values()).forEach(each -> priorities.add(priority(overview, each)));
    var pools = json.putArray("pools");
    Stream.of(Pool.values()).forEach(each -> pools.add(pool(overview, each)));
    var capabilities = json.putArray("capabilities");
    overview
        .count()
        .capabilities()
        .forEach(each ->
            capabilities.add(
                Json.object().put("capability", each.capability()).put("queued", each.queued())));
    var tenants = json.putArray("tenants");
    overview.load().tenants().forEach(each -> tenants.add(tenant(each)));
    json.set("waits", waits(overview.waits()));
    return json;
  }

  private static ObjectNode priority(Overview overview, Priority priority) {
    var json = Json.object().put("priority", priority.wireName());
    json.put("queued", queued(overview, each -> each.priority() == priority));
    json.set("oldest", oldest(overview, front -> front.priority() == priority));
    return json;
  }

  private static ObjectNode pool(Overview overview, Pool pool) {
    var load = overview.load();
    var json = Json.object().put("pool", pool.wireName());
    json.put("queued", queued(overview, each -> each.pool() == pool));
    json.put(
        "running",
        pool == Pool.SHARED ? load.runningShared() : load.running() - load.runningShared());
    json.set("oldest", oldest(overview, front -> front.pool() == pool));
    return json;
  }

  private static ObjectNode tenant(OfTenant tenant) {
    return Json.object()
        .put("tenant_id", tenant.tenant().toString())
        .put("slug", tenant.slug().value())
        .put("queued", tenant.queued())
        .put("running", tenant.running())
        .put("max_running", tenant.maxRunning());
  }

  private static @Nullable ObjectNode oldest(Overview overview, Predicate<Front> of) {
    Optional<Front> oldest =
        overview.fronts().stream().filter(of).min(Comparator.comparing(Front::queuedAt));
    return oldest.map(front -> front(front, overview.at())).orElse(null);
  }

  private static ObjectNode front(Front front, Instant now) {
    var waited = Duration.between(front.queuedAt(), now);
    return Json.object()
        .put("job_id", front.job().toString())
        .put("tenant_id", front.tenant().toString())
        .put("priority", front.priority().wireName())
        .put("pool", front.pool().wireName())
        .put("queued_at", Json.time(front.queuedAt()))
        .put("wait_seconds", Math.max(0, waited.toMillis()) / MILLIS)
        .put("queue_priority", front.queuePriority());
  }

  private static ObjectNode waits(Waits waits) {
    var json = Json.object();
    json.put("since", Json.time(waits.since()));
    json.put("starts", waits.starts());
    json.put("p50_seconds", seconds(waits.median()));
    json.put("p90_seconds", seconds(waits.ninetieth()));
    json.put("p99_seconds", seconds(waits.ninetyNinth()));
    json.put("longest_seconds", seconds(waits.longest()));
    return json;
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis() / MILLIS;
  }

  private static long queued(Overview overview, Predicate<OfClass> of) {
    return classes(overview, of).mapToLong(OfClass::queued).sum();
  }

  private static Stream<OfClass> classes(Overview overview, Predicate<OfClass> of) {
    return overview.count().classes().stream().filter(of);
  }
}
