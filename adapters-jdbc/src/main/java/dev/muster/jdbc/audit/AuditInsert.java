package dev.muster.jdbc.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.SqlArray;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes audit entries: any number in one statement. */
final class AuditInsert {
  private static final String INSERT =
      """
      INSERT INTO audit_events
        (tenant_id, at, id, actor_kind, actor_id, actor_name, action, resource_kind, resource_id,
         outcome, before, after, address, user_agent, request_id)
      """;

  private static final String ONE =
      INSERT
          + """
          VALUES
            (:tenant_id, :at, :id, :actor_kind, :actor_id, :actor_name, :action, :resource_kind,
             :resource_id, :outcome, :before, :after, :address, :user_agent, :request_id)
          """;

  private static final String ALL =
      INSERT
          + """
          SELECT * FROM unnest(
            :tenant_id, :at, :id, :actor_kind, :actor_id, :actor_name, :action, :resource_kind,
            :resource_id, :outcome, :before, :after, :address, :user_agent, :request_id)
          """;

  private AuditInsert() {}

  static int of(Handle handle, TenantId tenant, AuditEntry entry) {
    return handle
        .createUpdate(ONE)
        .bind("tenant_id", tenant.value())
        .bind("at", entry.at())
        .bind("id", entry.id())
        .bind("actor_kind", entry.actor().kind())
        .bindByType("actor_id", entry.actor().id(), UUID.class)
        .bind("actor_name", entry.actor().name())
        .bind("action", entry.action())
        .bind("resource_kind", entry.resource().kind())
        .bind("resource_id", entry.resource().id())
        .bind("outcome", Columns.word(entry.outcome()))
        .bind("before", entry.before())
        .bind("after", entry.after())
        .bind("address", entry.origin().address())
        .bind("user_agent", entry.origin().userAgent())
        .bind("request_id", entry.origin().requestId())
        .execute();
  }

  static int all(Handle handle, List<AuditEntry> entries) {
    return handle
        .createUpdate(ALL)
        .bind("tenant_id", SqlArray.of(UUID.class, each(entries, entry -> entry.tenant().value())))
        .bind("at", SqlArray.of(Instant.class, each(entries, AuditEntry::at)))
        .bind("id", SqlArray.of(UUID.class, each(entries, AuditEntry::id)))
        .bind("actor_kind", SqlArray.of(String.class, each(entries, entry -> entry.actor().kind())))
        .bind("actor_id", SqlArray.of(UUID.class, each(entries, entry -> entry.actor().id())))
        .bind("actor_name", SqlArray.of(String.class, each(entries, entry -> entry.actor().name())))
        .bind("action", SqlArray.of(String.class, each(entries, AuditEntry::action)))
        .bind(
            "resource_kind",
            SqlArray.of(String.class, each(entries, entry -> entry.resource().kind())))
        .bind(
            "resource_id", SqlArray.of(String.class, each(entries, entry -> entry.resource().id())))
        .bind(
            "outcome",
            SqlArray.of(String.class, each(entries, entry -> Columns.word(entry.outcome()))))
        .bind("before", SqlArray.of(String.class, each(entries, AuditEntry::before)))
        .bind("after", SqlArray.of(String.class, each(entries, AuditEntry::after)))
        .bind(
            "address", SqlArray.of(String.class, each(entries, entry -> entry.origin().address())))
        .bind(
            "user_agent",
            SqlArray.of(String.class, each(entries, entry -> entry.origin().userAgent())))
        .bind(
            "request_id",
            SqlArray.of(String.class, each(entries, entry -> entry.origin().requestId())))
        .execute();
  }

  private static <T> List<@Nullable T> each(
      List<AuditEntry> entries, Function<AuditEntry, @Nullable T> value) {
    List<@Nullable T> values = new ArrayList<>(entries.size());
    entries.forEach(entry -> values.add(value.apply(entry)));
    return values;
  }
}
