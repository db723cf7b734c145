package dev.muster.jdbc.enrolment;

import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.instantOrNull;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.uuid;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.Keyset;
import dev.muster.ports.out.enrolment.AgentTokenLookup;
import dev.muster.ports.out.enrolment.AgentTokens;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Tokens with which tenants' agents present themselves by name. Thread-safe. */
public final class JdbcAgentTokens implements AgentTokens, AgentTokenLookup {
  private static final String ADD =
      """
      INSERT INTO agent_tokens (tenant_id, id, hash, name, prefix, created_at, created_by)
      VALUES (:tenant_id, :id, :hash, :name, :prefix, :created_at, :created_by)
      """;

  private static final String OF_ONE =
      " FROM agent_tokens WHERE tenant_id = :tenant_id AND id = :id";

  /** Of the agents that came with it; too much to ask whenever one of them calls. */
  private static final String WITH_USE =
      """
      SELECT agent_tokens.*,
             (SELECT max(agents.last_seen_at)
                FROM named_agents
                JOIN agents ON agents.tenant_id = named_agents.tenant_id
                           AND agents.id = named_agents.agent_id
               WHERE named_agents.tenant_id = agent_tokens.tenant_id
                 AND named_agents.flow = 'agent_token'
                 AND named_agents.presented = agent_tokens.id) AS last_used_at
      """;

  private static final String WITHOUT_USE = "SELECT *, NULL::timestamptz AS last_used_at";

  private static final String FIND = WITH_USE + OF_ONE;

  private static final String HELD = WITHOUT_USE + OF_ONE + " AND revoked_at IS NULL FOR SHARE";

  private static final String LIVE =
      WITHOUT_USE + " FROM agent_tokens WHERE hash = :hash AND revoked_at IS NULL";

  private static final String LIST =
      WITH_USE
          + """
            FROM agent_tokens
           WHERE tenant_id = :tenant_id AND (created_at, id) < (:after_at, :after_id)
           ORDER BY created_at DESC, id DESC
           LIMIT :limit
          """;

  private static final String REVOKE =
      """
      UPDATE agent_tokens SET revoked_at = :at
       WHERE tenant_id = :tenant_id AND id = :id AND revoked_at IS NULL
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgentTokens(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void add(TenantId tenant, AgentToken token, TokenHash hash) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(ADD)
                .bind("tenant_id", tenant.value())
                .bind("id", token.id().value())
                .bind("hash", hash.bytes())
                .bind("name", token.name())
                .bind("prefix", token.prefix())
                .bind("created_at", token.createdAt())
                .bind("created_by", token.createdBy())
                .execute());
  }

  @Override
  public Optional<AgentToken> find(TenantId tenant, AgentTokenId id) {
    return one(FIND, tenant, id);
  }

  @Override
  public Optional<AgentToken> held(TenantId tenant, AgentTokenId id) {
    return one(HELD, tenant, id);
  }

  private Optional<AgentToken> one(String sql, TenantId tenant, AgentTokenId id) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(sql)
                .bind("tenant_id", tenant.value())
                .bind("id", id.value())
                .map(JdbcAgentTokens::read)
                .findOne());
  }

  @Override
  public Optional<AgentToken> live(TokenHash hash) {
    return transactions.forAllTenants(handle ->
        handle.createQuery(LIVE).bind("hash", hash.bytes()).map(JdbcAgentTokens::read).findOne());
  }

  @Override
  public Page<AgentToken> list(TenantId tenant, PageRequest page) {
    return transactions.forTenant(
        tenant,
        handle ->
            Keyset.page(
                handle.createQuery(LIST).bind("tenant_id", tenant.value()),
                page,
                JdbcAgentTokens::read,
                token -> new Cursor(token.createdAt(), token.id().value())));
  }

  @Override
  public boolean revoke(TenantId tenant, AgentTokenId id, Instant at) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                    .createUpdate(REVOKE)
                    .bind("tenant_id", tenant.value())
                    .bind("id", id.value())
                    .bind("at", at)
                    .execute()
                == 1);
  }

  private static AgentToken read(ResultSet row, StatementContext unused) throws SQLException {
    return new AgentToken(
        new AgentTokenId(uuid(row, "id")),
        new TenantId(uuid(row, "tenant_id")),
        text(row, "name"),
        text(row, "prefix"),
        instant(row, "created_at"),
        text(row, "created_by"),
        instantOrNull(row, "revoked_at"),
        instantOrNull(row, "last_used_at"));
  }
}
