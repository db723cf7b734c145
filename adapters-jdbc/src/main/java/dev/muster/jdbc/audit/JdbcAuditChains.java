package dev.muster.jdbc.audit;

import static dev.muster.jdbc.Columns.bytes;
import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.uuid;
import static dev.muster.jdbc.Columns.uuidOrNull;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.ChainHash;
import dev.muster.domain.audit.ChainHead;
import dev.muster.domain.audit.Seal;
import dev.muster.domain.audit.SignedHead;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.audit.AuditChains;
import dev.muster.ports.paging.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The chains that seal the audit logs. Thread-safe. */
public final class JdbcAuditChains implements AuditChains {
  private static final UUID FIRST_ID = new UUID(0, 0);
  private static final Cursor FIRST = new Cursor(Instant.parse("0001-01-01T00:00:00Z"), FIRST_ID);

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAuditChains(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Next> next(int most) {
    return transactions.forAllTenants(handle -> {
      handle.execute(ChainSql.REWIND);
      return handle
          .createQuery(ChainSql.NEXT)
          .bind("most", most)
          .map((row, context) -> new Next(AuditRows.read(row, context), row.getBoolean("sealed")))
          .list();
    });
  }

  @Override
  public void pass(AuditEntry last) {
    transactions.forAllTenants(handle ->
        handle
            .createUpdate(ChainSql.PASS)
            .bind("tenant_id", last.tenant().value())
            .bind("at", last.at())
            .bind("id", last.id())
            .execute());
  }

  @Override
  public void extend(List<Seal> seals, List<SignedHead> heads) {
    transactions.forAllTenants(handle -> {
      if (!seals.isEmpty()) {
        add(handle, seals);
      }
      return heads.isEmpty() ? 0 : put(handle, heads);
    });
  }

  private static int add(Handle handle, List<Seal> seals) {
    return handle
        .createUpdate(ChainSql.ADD_SEALS)
        .bind("tenant_id", SqlArray.of(UUID.class, each(seals, seal -> seal.tenant().value())))
        .bind("seq", SqlArray.of(Long.class, each(seals, Seal::seq)))
        .bind("at", SqlArray.of(Instant.class, each(seals, Seal::at)))
        .bind("entry_id", SqlArray.of(UUID.class, each(seals, Seal::entry)))
        .bind("hash", SqlArray.of(String.class, each(seals, seal -> seal.hash().hex())))
        .execute();
  }

  private static <T> List<T> each(List<Seal> seals, Function<Seal, T> value) {
    return seals.stream().map(value).toList();
  }

  private static int put(Handle handle, List<SignedHead> heads) {
    PreparedBatch batch = handle.prepareBatch(ChainSql.PUT_HEAD);
    for (SignedHead signed : heads) {
      ChainHead head = signed.head();
      batch
          .bind("tenant_id", head.tenant().value())
          .bind("seq", head.seq())
          .bind("hash", head.hash().hex())
          .bind("removed_through", head.removedThrough())
          .bind("removed_hash", head.removedHash().hex())
          .bind("broken_at", head.brokenAt())
          .bind("signed_at", head.signedAt())
          .bind("signature", signed.signature())
          .add();
    }
    return batch.execute().length;
  }

  @Override
  public Map<TenantId, Standing> standings(Collection<TenantId> tenants) {
    return transactions.forAllTenants(handle -> {
      Map<TenantId, Standing> standings = new LinkedHashMap<>();
      handle
          .createQuery(ChainSql.STANDINGS)
          .bind("tenants", SqlArray.of(UUID.class, tenants.stream().map(TenantId::value).toList()))
          .map((row, context) -> Map.entry(new TenantId(uuid(row, "asked_id")), standing(row)))
          .forEach(each -> standings.put(each.getKey(), each.getValue()));
      return standings;
    });
  }

  private static Standing standing(ResultSet row) throws SQLException {
    byte[] last = row.getBytes("last_hash");
    return new Standing(
        uuidOrNull(row, "tenant_id") == null ? null : head(row),
        row.getLong("last_seq"),
        last == null ? ChainHash.NONE : ChainHash.of(last));
  }

  private static SignedHead head(ResultSet row) throws SQLException {
    return new SignedHead(
        new ChainHead(
            new TenantId(uuid(row, "tenant_id")),
            row.getLong("seq"),
            ChainHash.of(bytes(row, "hash")),
            row.getLong("removed_through"),
            ChainHash.of(bytes(row, "removed_hash")),
            row.getLong("broken_at"),
            instant(row, "signed_at")),
        text(row, "signature"));
  }

  @Override
  public List<SignedHead> heads(@Nullable TenantId after, int most) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(ChainSql.HEADS)
            .bind("after", after == null ? FIRST_ID : after.value())
            .bind("most", most)
            .map((row, context) -> head(row))
            .list());
  }

  @Override
  public List<TenantId> tenants(@Nullable TenantId after, int most) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(ChainSql.TENANTS)
            .bind("after", after == null ? FIRST_ID : after.value())
            .bind("most", most)
            .map((row, context) -> new TenantId(uuid(row, "id")))
            .list());
  }

  @Override
  public List<Link> links(TenantId tenant, long after, int most) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(ChainSql.LINKS)
            .bind("tenant_id", tenant.value())
            .bind("after", after)
            .bind("most", most)
            .map((row, context) ->
                new Link(
                    seal(tenant, row),
                    uuidOrNull(row, "id") == null ? null : AuditRows.read(row, context)))
            .list());
  }

  static Seal seal(TenantId tenant, ResultSet row) throws SQLException {
    return new Seal(
        tenant,
        row.getLong("seq"),
        instant(row, "sealed_at"),
        uuid(row, "entry_id"),
        ChainHash.of(bytes(row, "hash")));
  }

  @Override
  public List<Filed> filed(TenantId tenant, @Nullable Cursor after, int most) {
    Cursor from = after == null ? FIRST : after;
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(ChainSql.FILED)
            .bind("tenant_id", tenant.value())
            .bind("after_at", from.at())
            .bind("after_id", from.id())
            .bind("most", most)
            .map((row, context) ->
                new Filed(
                    uuid(row, "id"),
                    instant(row, "at"),
                    row.getBoolean("sealed"),
                    row.getBoolean("waiting")))
            .list());
  }

  @Override
  public Optional<Instant> oldestWaiting() {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(ChainSql.OLDEST_WAITING)
            .map((row, context) -> instant(row, "at"))
            .findOne());
  }
}
