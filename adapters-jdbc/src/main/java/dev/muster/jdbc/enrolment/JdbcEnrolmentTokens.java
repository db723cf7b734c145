package dev.muster.jdbc.enrolment;

import static dev.muster.jdbc.Columns.instant;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.Keyset;
import dev.muster.jdbc.fleet.JdbcAgentRows;
import dev.muster.ports.out.enrolment.EnrolmentTokenLookup;
import dev.muster.ports.out.enrolment.EnrolmentTokens;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Enrolment tokens and who joined with them. Thread-safe. */
public final class JdbcEnrolmentTokens implements EnrolmentTokens, EnrolmentTokenLookup {
  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcEnrolmentTokens(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void add(TenantId tenant, EnrolmentToken token, TokenHash hash) {
    transactions.forTenant(
        tenant,
        handle ->
            EnrolmentTokenRows.bind(handle.createUpdate(EnrolmentSql.ADD), token)
                .bind("tenant_id", tenant.value())
                .bind("hash", hash.bytes())
                .execute());
  }

  @Override
  public Optional<EnrolmentToken> find(TenantId tenant, EnrolmentTokenId id) {
    return one(EnrolmentSql.FIND, tenant, id);
  }

  @Override
  public Optional<EnrolmentToken> held(TenantId tenant, EnrolmentTokenId id) {
    return one(EnrolmentSql.HELD, tenant, id);
  }

  private Optional<EnrolmentToken> one(String sql, TenantId tenant, EnrolmentTokenId id) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(sql)
                .bind("tenant_id", tenant.value())
                .bind("id", id.value())
                .map(EnrolmentTokenRows::read)
                .findOne());
  }

  @Override
  public Optional<EnrolmentToken> byHash(TokenHash hash) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(EnrolmentSql.BY_HASH)
            .bind("hash", hash.bytes())
            .map(EnrolmentTokenRows::read)
            .findOne());
  }

  @Override
  public Page<EnrolmentToken> list(TenantId tenant, PageRequest page) {
    return transactions.forTenant(
        tenant,
        handle ->
            Keyset.page(
                handle.createQuery(EnrolmentSql.LIST).bind("tenant_id", tenant.value()),
                page,
                EnrolmentTokenRows::read,
                token -> new Cursor(token.createdAt(), token.id().value())));
  }

  @Override
  public boolean revoke(TenantId tenant, EnrolmentTokenId id, @Nullable String reason, Instant at) {
    int revoked =
        transactions.forTenant(
            tenant,
            handle ->
                handle
                    .createUpdate(EnrolmentSql.REVOKE)
                    .bind("tenant_id", tenant.value())
                    .bind("id", id.value())
                    .bind("reason", reason)
                    .bind("at", at)
                    .execute());
    return revoked == 1;
  }

  @Override
  public boolean use(TenantId tenant, EnrolmentTokenId id, Instant now) {
    int used =
        transactions.forTenant(
            tenant,
            handle ->
                handle
                    .createUpdate(EnrolmentSql.USE)
                    .bind("tenant_id", tenant.value())
                    .bind("id", id.value())
                    .bind("now", now)
                    .execute());
    return used == 1;
  }

  @Override
  public void joined(
      TenantId tenant,
      EnrolmentTokenId id,
      AgentId agent,
      @Nullable UUID registrationId,
      Instant at) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(EnrolmentSql.JOINED)
                .bind("tenant_id", tenant.value())
                .bind("token_id", id.value())
                .bind("agent_id", agent.value())
                .bindByType("registration_id", registrationId, UUID.class)
                .bind("at", at)
                .execute());
  }

  @Override
  public Optional<AgentId> joinedAs(
      TenantId tenant, EnrolmentTokenId id, UUID registrationId, Instant since) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(EnrolmentSql.JOINED_AS)
                .bind("tenant_id", tenant.value())
                .bind("token_id", id.value())
                .bind("registration_id", registrationId)
                .bind("since", since)
                .mapTo(UUID.class)
                .findOne()
                .map(AgentId::new));
  }

  @Override
  public Page<Agent> registrations(TenantId tenant, EnrolmentTokenId id, PageRequest page) {
    return withJobs(
            tenant,
            handle ->
                Keyset.page(
                    handle
                        .createQuery(EnrolmentSql.REGISTRATIONS)
                        .bind("tenant_id", tenant.value())
                        .bind("token_id", id.value()),
                    page,
                    (row, context) ->
                        new Joined(instant(row, "joined_at"), JdbcAgentRows.read(row, context)),
                    joined -> new Cursor(joined.at(), joined.agent().id().value())))
        .map(Joined::agent);
  }

  /** The jobs that platform agents have are other tenants'. */
  private <T> T withJobs(TenantId tenant, Function<Handle, T> sql) {
    return tenant.isSystem()
        ? transactions.forAllTenants(sql)
        : transactions.forTenant(tenant, sql);
  }

  private record Joined(Instant at, Agent agent) {}
}
