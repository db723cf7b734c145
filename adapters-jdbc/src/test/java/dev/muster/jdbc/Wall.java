package dev.muster.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What is missing in the wall between tenants, read from the catalog. */
final class Wall {
  /** Belongs to the installation, or to Flyway; {@code tenants} has policies on its own id. */
  private static final Set<String> WITHOUT_TENANT =
      Set.of(
          "plans",
          "queue_counts",
          "audit_sealer",
          "enrolment_attempts",
          "releases",
          "release_pieces",
          "flyway_schema_history");

  /** All tables and partitions, with what protects them. */
  private static final String TABLES =
      """
      SELECT pg_class.relname AS name,
             pg_class.relrowsecurity AND pg_class.relforcerowsecurity AS forced,
             pg_class.relispartition AS partition,
             EXISTS (
               SELECT FROM pg_attribute
                WHERE attrelid = pg_class.oid AND attname = 'tenant_id' AND attnotnull)
               AS tenants,
             ARRAY(
               SELECT polname::text || ' ' || polpermissive::text || ' ' || polroles::regrole[]::text
                      || ' ' || coalesce(pg_get_expr(polqual, polrelid), '-')
                 FROM pg_policy WHERE polrelid = pg_class.oid ORDER BY polname) AS policies,
             pg_class.relacl IS NOT NULL AS granted
        FROM pg_class
       WHERE pg_class.relnamespace = 'public'::regnamespace
         AND pg_class.relkind IN ('r', 'p', 'm', 'f')
       ORDER BY pg_class.relname
      """;

  /** Unique and foreign keys of tenant tables in which tenants could meet. */
  private static final String KEYS =
      """
      SELECT pg_class.relname || '.' || keys.name
        FROM (SELECT indrelid AS relation, indexrelid::regclass::text AS name, indkey::int2[] AS columns
                FROM pg_index WHERE indisunique
               UNION ALL
              SELECT conrelid, conname, conkey FROM pg_constraint WHERE contype = 'f') AS keys
        JOIN pg_class ON pg_class.oid = keys.relation
        JOIN pg_attribute AS tenant ON tenant.attrelid = pg_class.oid AND tenant.attname = 'tenant_id'
       WHERE pg_class.relnamespace = 'public'::regnamespace
         AND pg_class.relkind IN ('r', 'p')
         AND NOT tenant.attnum = ANY (keys.columns)
       ORDER BY 1
      """;

  /** Views that would show rows with their owner's eyes. */
  private static final String VIEWS =
      """
      SELECT relname
        FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
         AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)
      """;

  private static final String OWN_ROWS =
      " = (NULLIF(current_setting('muster.tenant_id'::text, true), ''::text))::uuid)";

  private Wall() {}

  /** Every gap, as a sentence. */
  static List<String> gaps(Handle handle) {
    return Stream.of(
            handle.createQuery(TABLES).map((row, context) -> gapsOf(table(row))).list().stream()
                .flatMap(List::stream),
            handle.select(KEYS).mapTo(String.class).map(key -> key + " has no tenant_id").stream(),
            handle
                .select(VIEWS)
                .mapTo(String.class)
                .map(view -> view + " is not an invoker's view")
                .stream())
        .flatMap(gap -> gap)
        .toList();
  }

  private static Table table(ResultSet row) throws SQLException {
    return new Table(
        Columns.text(row, "name"),
        row.getBoolean("forced"),
        row.getBoolean("partition"),
        row.getBoolean("tenants"),
        Columns.texts(row, "policies"),
        row.getBoolean("granted"));
  }

  private static List<String> gapsOf(Table table) {
    if (WITHOUT_TENANT.contains(table.name)) {
      return List.of();
    }
    boolean own = table.name.equals("tenants");
    List<String> wanted =
        List.of(
            "of_all_tenants true {muster_system} true",
            "of_the_tenant true {muster_tenant} (" + (own ? "id" : "tenant_id") + OWN_ROWS);
    return Stream.of(
            gap(table.tenants || own, table, "has no tenant_id that is NOT NULL"),
            gap(table.forced, table, "has no forced row-level security"),
            gap(table.policies.equals(wanted), table, "has the policies " + table.policies),
            gap(!table.partition || !table.granted, table, "is a partition with grants"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> gap(boolean closed, Table table, String sentence) {
    return closed ? List.of() : List.of(table.name + " " + sentence);
  }

  private record Table(
      String name,
      boolean forced,
      boolean partition,
      boolean tenants,
      List<String> policies,
      boolean granted) {}
}
