package dev.muster.http.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.wire.json.Json;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Audit entries as a table (RFC 4180). Every cell is quoted; one that a spreadsheet would take for
 * a formula has an apostrophe before it, because names and addresses are whatever somebody chose.
 */
final class AuditCsv {
  private static final String[] COLUMNS = {
    "id",
    "tenant_id",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "action",
    "resource_kind",
    "resource_id",
    "outcome",
    "before",
    "after",
    "address",
    "user_agent",
    "request_id"
  };

  /** The first line. */
  static final String HEADING = String.join(",", COLUMNS) + "\r\n";

  /** What begins a formula, or hides one behind white space. */
  private static final String DANGEROUS = "=+-@\t\r\n|%＝＋－＠";

  private AuditCsv() {}

  static String of(AuditEntry entry) {
    var actor = entry.actor();
    @Nullable Object[] cells = {
      entry.id(),
      entry.tenant(),
      Json.time(entry.at()),
      actor.kind(),
      actor.id(),
      actor.name(),
      entry.action(),
      entry.resource().kind(),
      entry.resource().id(),
      AuditJson.word(entry.outcome()),
      entry.before(),
      entry.after(),
      entry.origin().address(),
      entry.origin().userAgent(),
      entry.origin().requestId()
    };
    Stream<@Nullable Object> all = Arrays.stream(cells);
    return all.map(AuditCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    String first = text.stripLeading();
    boolean dangerous =
        !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0
            || !first.isEmpty() && DANGEROUS.indexOf(first.charAt(0)) >= 0;
    return '"' + (dangerous ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
