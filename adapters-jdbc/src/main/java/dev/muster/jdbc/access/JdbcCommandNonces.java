package dev.muster.jdbc.access;

import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.access.CommandNonces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The nonces of signed requests. The primary key decides: who inserts one that another transaction
 * has just inserted waits for its end. Thread-safe.
 */
public final class JdbcCommandNonces implements CommandNonces {
  private static final int SECONDS_IN_A_BUCKET = 600;

  private static final String CLAIM =
      """
      INSERT INTO command_nonces (tenant_id, scope, bucket, slot, nonce)
      SELECT tenant_id, scope, bucket, bucket % 6, nonce
        FROM unnest(:tenants, :scopes, :buckets::bigint[], :nonces)
             AS claimed (tenant_id, scope, bucket, nonce)
       ORDER BY tenant_id, scope, bucket, nonce
      ON CONFLICT DO NOTHING
      RETURNING tenant_id, scope, bucket, nonce
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcCommandNonces(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  private record Row(UUID tenant, UUID scope, long bucket, String nonce) {}

  @Override
  public List<Boolean> claim(List<Nonce> nonces) {
    List<Row> rows =
        nonces.stream()
            .map(nonce ->
                new Row(
                    nonce.tenant().value(),
                    nonce.scope(),
                    Math.floorDiv(nonce.timestamp(), SECONDS_IN_A_BUCKET),
                    nonce.value()))
            .toList();
    Set<Row> claimed = transactions.forAllTenants(handle -> claimed(handle, rows));
    List<Boolean> answers = new ArrayList<>(rows.size());
    rows.forEach(row -> answers.add(claimed.remove(row)));
    return answers;
  }

  private static Set<Row> claimed(Handle handle, List<Row> rows) {
    List<Row> different = List.copyOf(new LinkedHashSet<>(rows));
    return new HashSet<>(
        handle
            .createQuery(CLAIM)
            .bind("tenants", SqlArray.of(UUID.class, each(different, Row::tenant)))
            .bind("scopes", SqlArray.of(UUID.class, each(different, Row::scope)))
            .bind(
                "buckets",
                SqlArray.of(String.class, each(different, row -> Long.toString(row.bucket()))))
            .bind("nonces", SqlArray.of(String.class, each(different, Row::nonce)))
            .map((row, unused) ->
                new Row(
                    Columns.uuid(row, "tenant_id"),
                    Columns.uuid(row, "scope"),
                    row.getLong("bucket"),
                    Columns.text(row, "nonce")))
            .list());
  }

  private static <T> List<T> each(List<Row> rows, Function<Row, T> field) {
    return rows.stream().map(field).toList();
  }

  @Override
  public boolean forget() {
    return transactions.forAllTenants(
        handle -> handle.select("SELECT forget_command_nonces()").mapTo(Integer.class).one() > 0);
  }
}
