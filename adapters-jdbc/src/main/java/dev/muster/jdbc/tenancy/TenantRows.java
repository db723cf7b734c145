package dev.muster.jdbc.tenancy;

import static dev.muster.jdbc.Columns.constant;
import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.integerOrNull;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.texts;
import static dev.muster.jdbc.Columns.uuid;
import static dev.muster.jdbc.Columns.word;

import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.jdbc.SqlArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** Tenants to and from their columns. */
final class TenantRows {
  private TenantRows() {}

  static Tenant read(ResultSet row, StatementContext unused) throws SQLException {
    return new Tenant(
        new TenantId(uuid(row, "id")),
        new TenantSlug(text(row, "slug")),
        text(row, "name"),
        constant(row, "plan", PlanName.class),
        constant(row, "worker_mode", WorkerMode.class),
        constant(row, "pool", Pool.class),
        text(row, "worker_type"),
        constant(row, "secret_delivery", SecretDelivery.class),
        integerOrNull(row, "weight"),
        row.getInt("task_max_concurrent"),
        texts(row, "certificate_fingerprints"),
        constant(row, "status", TenantStatus.class),
        instant(row, "created_at"));
  }

  static <S extends SqlStatement<S>> S bind(S statement, Tenant tenant) {
    return statement
        .bind("id", tenant.id().value())
        .bind("slug", tenant.slug().value())
        .bind("name", tenant.name())
        .bind("plan", word(tenant.plan()))
        .bind("worker_mode", word(tenant.workerMode()))
        .bind("pool", word(tenant.pool()))
        .bind("worker_type", tenant.workerType())
        .bind("secret_delivery", word(tenant.secretDelivery()))
        .bind("weight", tenant.weight())
        .bind("task_max_concurrent", tenant.taskMaxConcurrent())
        .bind(
            "certificate_fingerprints", SqlArray.of(String.class, tenant.certificateFingerprints()))
        .bind("status", word(tenant.status()))
        .bind("created_at", tenant.createdAt());
  }
}
