package dev.muster.http.job;

import dev.muster.ports.in.job.BulkRetry.OfTenant;
import dev.muster.ports.in.job.BulkRetry.Retried;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.Locale;
import java.util.function.ToIntFunction;
import tools.jackson.databind.node.ObjectNode;

/** Orders to try many jobs again, on the wire. */
final class BulkRetryJson {
  private static final Kind<JobFilter> FILTER = Kinds.object(in -> JobJson.filter(in));

  /** Whoever does not say that it is meant is answered what it would do. */
  static final Shape<Order> ORDER =
      in -> {
        var filter = in.required("filter", FILTER);
        var dryRun = in.optional("dry_run", Kinds.bool());
        return () -> new Order(filter.get(), dryRun.or(true));
      };

  private BulkRetryJson() {}

  /** What to try again, and whether only to count it. */
  record Order(JobFilter filter, boolean dryRun) {}

  static ObjectNode of(Retried retried) {
    var json = Json.object().put("dry_run", retried.dryRun());
    json.put("matched", sum(retried, OfTenant::matched));
    json.put("room", sum(retried, OfTenant::room));
    json.put("retried", sum(retried, OfTenant::retried));
    json.put("left", sum(retried, OfTenant::matched) - sum(retried, OfTenant::retried));
    var tenants = json.putArray("tenants");
    retried.tenants().forEach(tenant -> tenants.add(of(tenant)));
    return json;
  }

  private static ObjectNode of(OfTenant done) {
    var obstacle = done.obstacle();
    return Json.object()
        .put("tenant_id", done.tenant().toString())
        .put("matched", done.matched())
        .put("room", done.room())
        .put("retried", done.retried())
        .put("left", done.matched() - done.retried())
        .put("obstacle", obstacle == null ? null : obstacle.name().toLowerCase(Locale.ROOT));
  }

  private static int sum(Retried retried, ToIntFunction<OfTenant> number) {
    return retried.tenants().stream().mapToInt(number).sum();
  }
}
