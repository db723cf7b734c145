package dev.muster.http.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Outcome;
import dev.muster.http.route.Paging;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.paging.PageRequest;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Audit entries on the wire. */
final class AuditJson {
  /** The parameters of a list; {@code tenant_id} is for operators. */
  static final String[] LIST = {
    Paging.LIMIT,
    Paging.CURSOR,
    "tenant_id",
    "action",
    "actor_id",
    "resource_kind",
    "resource_id",
    "outcome",
    "from",
    "until",
    "request_id"
  };

  /** The parameters of an export. */
  static final String[] EXPORT = {
    "format",
    "tenant_id",
    "action",
    "actor_id",
    "resource_kind",
    "resource_id",
    "outcome",
    "from",
    "until",
    "request_id"
  };

  private static final Kind<String> WORD = Kinds.text(1, 100);
  private static final Kind<Format> FORMAT =
      Kinds.oneOf(Map.of("ndjson", Format.NDJSON, "csv", Format.CSV));
  private static final Kind<Outcome> OUTCOME =
      Kinds.oneOf(Map.of("done", Outcome.DONE, "refused", Outcome.REFUSED));

  static final Shape<Wanted> WANTED =
      in -> {
        var filter = filter(in);
        var page = Paging.of(in);
        return () -> new Wanted(filter.get(), page.get());
      };

  static final Shape<Export> WANTED_EXPORT =
      in -> {
        var filter = filter(in);
        var format = in.optional("format", FORMAT);
        return () -> new Export(filter.get(), format.or(Format.NDJSON));
      };

  private static Supplier<AuditFilter> filter(Fields in) {
    var tenant = in.optional("tenant_id", Words.TENANT_ID);
    var action = in.optional("action", WORD);
    var actor = in.optional("actor_id", Kinds.uuid());
    var kind = in.optional("resource_kind", WORD);
    var id = in.optional("resource_id", WORD);
    var outcome = in.optional("outcome", OUTCOME);
    var from = in.optional("from", Kinds.instant());
    var until = in.optional("until", Kinds.instant());
    var requestId = in.optional("request_id", WORD);
    return () ->
        new AuditFilter(
            tenant.orNull(),
            action.orNull(),
            actor.orNull(),
            kind.orNull(),
            id.orNull(),
            outcome.orNull(),
            from.orNull(),
            until.orNull(),
            requestId.orNull());
  }

  private AuditJson() {}

  /** How an export is written. */
  enum Format {
    /** A JSON object a line. */
    NDJSON,
    /** A table. */
    CSV
  }

  /** Which entries are to be exported, and how. */
  record Export(AuditFilter filter, Format format) {}

  /** Which entries are wanted. */
  record Wanted(AuditFilter filter, PageRequest page) {}

  static ObjectNode of(AuditEntry entry) {
    var json = Json.object();
    var actor = entry.actor();
    json.put("id", entry.id().toString());
    json.put("tenant_id", entry.tenant().toString());
    json.putObject("actor")
        .put("kind", actor.kind())
        .put("id", actor.id() == null ? null : actor.id().toString())
        .put("name", actor.name());
    json.put("action", entry.action());
    json.putObject("resource")
        .put("kind", entry.resource().kind())
        .put("id", entry.resource().id());
    json.put("outcome", word(entry.outcome()));
    Json.putStored(json, "before", entry.before());
    Json.putStored(json, "after", entry.after());
    json.put("address", entry.origin().address());
    json.put("user_agent", entry.origin().userAgent());
    json.put("request_id", entry.origin().requestId());
    json.put("at", Json.time(entry.at()));
    return json;
  }

  static String word(Outcome outcome) {
    return switch (outcome) {
      case DONE -> "done";
      case REFUSED -> "refused";
    };
  }
}
