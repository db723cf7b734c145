package dev.muster.jdbc.credential;

import dev.muster.domain.credential.Belonging;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.credential.SealedStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What is stored sealed. Thread-safe. */
public final class JdbcSealedStore implements SealedStore {
  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcSealedStore(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Map<Long, Long> countByKey() {
    Map<Long, Long> counts = new TreeMap<>();
    return transactions.forAllTenants(handle -> {
      for (SealedTable table : SealedTable.ALL) {
        handle
            .createQuery(table.count())
            .map((row, context) -> Map.entry(row.getLong("key"), row.getLong("count")))
            .forEach(found -> counts.merge(found.getKey(), found.getValue(), Long::sum));
      }
      return counts;
    });
  }

  @Override
  public List<Stored> sealedUnder(Collection<Long> keys, int most) {
    return transactions.forAllTenants(handle -> {
      List<Stored> found = new ArrayList<>();
      for (SealedTable table : SealedTable.ALL) {
        found.addAll(
            handle
                .createQuery(table.sealedUnder())
                .bind("keys", SqlArray.of(Long.class, List.copyOf(keys)))
                .bind("most", most)
                .map(JdbcSealedStore::stored)
                .list());
      }
      return found;
    });
  }

  @Override
  public boolean replace(Stored before, byte[] anew) {
    SealedTable table =
        SealedTable.ALL.stream()
            .filter(each -> each.kind().equals(before.belonging().kind()))
            .findFirst()
            .orElseThrow();
    return transactions.forAllTenants(handle -> replace(handle, table, before, anew) == 1);
  }

  private static int replace(Handle handle, SealedTable table, Stored before, byte[] anew) {
    return handle
        .createUpdate(table.replace())
        .bind("anew", anew)
        .bind("tenant", before.belonging().tenant().value())
        .bind("rowId", before.belonging().rowId())
        .bind("version", before.belonging().version())
        .bind("before", before.sealed())
        .execute();
  }

  private static Stored stored(ResultSet row, StatementContext context) throws SQLException {
    return new Stored(
        new Belonging(
            Columns.text(row, "kind"),
            new TenantId(Columns.uuid(row, "tenant_id")),
            Columns.text(row, "owner"),
            Columns.text(row, "row_id"),
            row.getLong("version")),
        row.getBytes("sealed"));
  }
}
