package dev.muster.http.tenancy;

import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.in.tenancy.TenantAdministration.NewTenant;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Field;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tenants on the wire. */
final class TenantJson {
  private static final int MOST_WEIGHT = 10_000;
  private static final int MOST_CONCURRENT = 1_000_000;
  private static final Kind<String> NAME = Kinds.text(1, 100);
  private static final Kind<PlanName> PLAN = Kinds.oneOf(PlanName.class);
  private static final Kind<WorkerMode> WORKER_MODE = Kinds.oneOf(WorkerMode.class);
  private static final Kind<Pool> POOL = Kinds.oneOf(Pool.class);
  private static final Kind<SecretDelivery> DELIVERY = Kinds.oneOf(SecretDelivery.class);
  private static final Kind<Integer> WEIGHT = Kinds.integer(1, MOST_WEIGHT);
  private static final Kind<List<String>> FINGERPRINTS =
      Kinds.uniqueList(
          Kinds.matching(Pattern.compile("[0-9a-f]{64}"), 64, "64 lower-case hex digits"), 2);

  static final Shape<NewTenant> NEW =
      in -> {
        var slug = in.required("slug", Words.SLUG);
        var name = in.required("name", NAME);
        var plan = in.optional("plan", PLAN);
        var mode = in.optional("worker_mode", WORKER_MODE);
        var pool = in.optional("pool", POOL);
        var type = in.optional("worker_type", Words.LABEL);
        var delivery = in.optional("secret_delivery", DELIVERY);
        var weight = in.optional("weight", WEIGHT);
        var fingerprints = in.optional("certificate_fingerprints", FINGERPRINTS);
        return () ->
            new NewTenant(
                slug.get(),
                name.get(),
                plan.or(PlanName.FREE),
                mode.or(WorkerMode.AGENT),
                pool.or(Pool.SHARED),
                type.or(Tenant.DEFAULT_WORKER_TYPE),
                delivery.or(SecretDelivery.REFERENCE),
                weight.orNull(),
                fingerprints.or(List.of()));
      };

  static final Shape<TenantChanges> CHANGES =
      in -> {
        var name = in.optional("name", NAME);
        var plan = in.optional("plan", PLAN);
        var mode = in.optional("worker_mode", WORKER_MODE);
        var pool = in.optional("pool", POOL);
        var type = in.optional("worker_type", Words.LABEL);
        var delivery = in.optional("secret_delivery", DELIVERY);
        var weight = in.optional("weight", WEIGHT);
        var fingerprints = in.optional("certificate_fingerprints", FINGERPRINTS);
        return () ->
            new TenantChanges(
                name.orNull(),
                plan.orNull(),
                mode.orNull(),
                pool.orNull(),
                type.orNull(),
                delivery.orNull(),
                change(weight),
                fingerprints.orNull(),
                null);
      };

  static final Shape<TenantChanges> WORKER_LIMIT =
      in -> {
        var limit = in.required("task_max_concurrent", Kinds.integer(0, MOST_CONCURRENT));
        return () -> TenantChanges.workerLimit(limit.get());
      };

  private TenantJson() {}

  static ObjectNode of(Tenant tenant) {
    var json = Json.object();
    json.put("id", tenant.id().toString());
    json.put("slug", tenant.slug().value());
    json.put("name", tenant.name());
    json.put("plan", tenant.plan().wireName());
    json.put("status", tenant.status().wireName());
    json.put("worker_mode", tenant.workerMode().wireName());
    json.put("pool", tenant.pool().wireName());
    json.put("worker_type", tenant.workerType());
    json.put("secret_delivery", tenant.secretDelivery().wireName());
    json.put("weight", tenant.weight());
    json.put("task_max_concurrent", tenant.taskMaxConcurrent());
    json.set("certificate_fingerprints", Json.strings(tenant.certificateFingerprints()));
    json.put("created_at", Json.time(tenant.createdAt()));
    return json;
  }

  /** Absent leaves the weight as it is; null takes it away. */
  private static @Nullable Optional<Integer> change(Field<Integer> weight) {
    return weight.given() ? Optional.ofNullable(weight.orNull()) : null;
  }
}
