package dev.muster.jdbc;

import dev.muster.domain.tenancy.TenantId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Puts a row of a tenant into every table, made up from the catalog, so that a table of tomorrow's
 * migration is tried without anybody having to think of it.
 */
public final class TenantRowsOfAll {
  private static final String MADE_UP =
      """
      SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns,
             string_agg(
               CASE
                 WHEN attname = 'tenant_id' THEN quote_literal(:tenant)
                 WHEN attname = 'hash' THEN $$sha256(gen_random_uuid()::text::bytea)$$
                 WHEN format_type(atttypid, NULL) = 'uuid' THEN 'gen_random_uuid()'
                 WHEN format_type(atttypid, NULL) LIKE 'timestamp%' THEN 'now()'
                 WHEN format_type(atttypid, NULL) = 'bytea' THEN $$'\\x00'$$
                 WHEN format_type(atttypid, NULL) LIKE '%[]' THEN $$'{}'$$
                 WHEN format_type(atttypid, NULL) IN ('integer', 'bigint') THEN '1'
                 WHEN format_type(atttypid, NULL) = 'boolean' THEN 'false'
                 WHEN format_type(atttypid, NULL) = 'xid8' THEN $$'1'$$
                 ELSE $$'x'$$
               END, ', ' ORDER BY attnum) AS values
        FROM pg_attribute
       WHERE attrelid = :table::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
         AND attnotnull
      """;

  private static final String CHECKS =
      """
      SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
        FROM pg_constraint
       WHERE contype = 'c' AND conrelid <> 0 AND coninhcount = 0
         AND connamespace = 'public'::regnamespace
      """;

  private TenantRowsOfAll() {}

  /**
   * Without checks and references, which it takes away: what stands in the rows matters to nobody
   * here.
   */
  public static void insert(Handle handle, TenantId tenant, List<String> tables) {
    handle.select(CHECKS).mapTo(String.class).list().forEach(handle::execute);
    handle.useTransaction(transaction -> {
      transaction.execute("SET LOCAL session_replication_role = replica");
      tables.forEach(table -> transaction.execute(madeUp(transaction, tenant, table)));
    });
  }

  private static String madeUp(Handle handle, TenantId tenant, String table) {
    return handle
        .createQuery(MADE_UP)
        .bind("tenant", tenant.toString())
        .bind("table", table)
        .map((row, unused) ->
            "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING"
                .formatted(table, row.getString("columns"), row.getString("values")))
        .one();
  }
}
