package dev.muster.jdbc.fleet;

import static dev.muster.jdbc.Columns.bytes;
import static dev.muster.jdbc.Columns.instantOrNull;
import static dev.muster.jdbc.Columns.texts;
import static dev.muster.jdbc.Columns.uuidOrNull;

import dev.muster.domain.access.Permission;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.identity.WireNamed;
import dev.muster.jdbc.ByteStrings;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.fleet.AgentLogins;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/** Finding agents before their tenant is known. Thread-safe. */
public final class JdbcAgentLogins implements AgentLogins {
  private static final String LOGIN =
      "SELECT "
          + JdbcAgentRows.COLUMNS
          + """
          , agent.key_generation,
          ARRAY(SELECT permission FROM agent_grants AS granted
                 WHERE granted.tenant_id = agent.tenant_id AND granted.agent_id = agent.id)
            AS granted,
          """;

  private static final String BY_KEY =
      LOGIN
          + """
                 agent_keys.hash, agent_keys.last_used_at AS key_used_at, settled.instance AS installation
            FROM agent_keys
            JOIN agents AS agent
              ON agent.tenant_id = agent_keys.tenant_id AND agent.id = agent_keys.agent_id
            LEFT JOIN agent_installations AS settled
              ON settled.tenant_id = agent.tenant_id AND settled.agent_id = agent.id
           WHERE agent_keys.hash = ANY (:hashes)
             AND agent_keys.revoked_at IS NULL
             AND (agent_keys.expires_at IS NULL OR agent_keys.expires_at > :now)
          """;

  private static final String BY_ID =
      LOGIN
          + """
                 NULL::timestamptz AS key_used_at, NULL::uuid AS installation
            FROM agents AS agent
           WHERE agent.id = :id AND
          """
          + JdbcAgentRows.DIALS_IN;

  /** The agent's row first, as whoever steers it locks it: who comes second waits for it. */
  private static final String SETTLE =
      """
      WITH agent AS MATERIALIZED (
        SELECT tenant_id, id, last_seen_at FROM agents
         WHERE tenant_id = :tenant_id AND id = :agent_id
           FOR NO KEY UPDATE
      )
      INSERT INTO agent_installations AS settled (tenant_id, agent_id, instance, since)
      SELECT tenant_id, id, :instance, :at FROM agent
      ON CONFLICT (tenant_id, agent_id) DO UPDATE
         SET instance = excluded.instance,
             since = CASE WHEN settled.instance = excluded.instance
                          THEN settled.since ELSE excluded.since END
       WHERE settled.instance = excluded.instance
          OR (settled.since <= :gone_since
              AND NOT EXISTS (SELECT 1 FROM agent WHERE last_seen_at > :gone_since))
      RETURNING settled.since = :at
      """;

  /**
   * Those that are just being noted by another, or are just calling, are left for the next time.
   */
  private static final String NEWLY_OFFLINE =
      """
      WITH silent AS (
        SELECT tenant_id, id
          FROM agents AS agent
         WHERE last_seen_at < :offline_since AND NOT offline_noted
           AND
      """
          + JdbcAgentRows.DIALS_IN
          + """
             LIMIT :limit
               FOR NO KEY UPDATE SKIP LOCKED
          )
          UPDATE agents AS agent
             SET offline_noted = true
            FROM silent
           WHERE agent.tenant_id = silent.tenant_id AND agent.id = silent.id
          RETURNING
          """
          + JdbcAgentRows.COLUMNS;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgentLogins(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Map<TokenHash, Login> byKeys(Collection<TokenHash> hashes, Instant now) {
    return transactions.forAllTenants(handle -> {
      Map<TokenHash, Login> logins = new HashMap<>();
      handle
          .createQuery(BY_KEY)
          .bind("hashes", ByteStrings.of(hashes.stream().map(TokenHash::bytes).toList()))
          .bind("now", now)
          .map((row, context) ->
              Map.entry(TokenHash.stored(bytes(row, "hash")), login(row, context)))
          .forEach(found -> logins.put(found.getKey(), found.getValue()));
      return logins;
    });
  }

  @Override
  public Optional<Boolean> settle(Agent agent, UUID installation, Instant at, Instant goneSince) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(SETTLE)
            .bind("tenant_id", agent.tenant().value())
            .bind("agent_id", agent.id().value())
            .bind("instance", installation)
            .bind("at", at)
            .bind("gone_since", goneSince)
            .mapTo(Boolean.class)
            .findOne());
  }

  @Override
  public Optional<Login> byId(AgentId agent) {
    return transactions.forAllTenants(handle ->
        handle.createQuery(BY_ID).bind("id", agent.value()).map(JdbcAgentLogins::login).findOne());
  }

  /** A permission that is not known any more opens nothing. */
  private static Login login(ResultSet row, StatementContext context) throws SQLException {
    Set<Permission> granted =
        texts(row, "granted").stream()
            .flatMap(name -> WireNamed.parse(Permission.class, name).stream())
            .collect(Collectors.toSet());
    return new Login(
        JdbcAgentRows.read(row, context),
        granted,
        row.getInt("key_generation"),
        instantOrNull(row, "key_used_at"),
        uuidOrNull(row, "installation"));
  }

  @Override
  public List<Agent> newlyOffline(Instant offlineSince, int limit) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(NEWLY_OFFLINE)
            .bind("offline_since", offlineSince)
            .bind("limit", limit)
            .map(JdbcAgentRows::read)
            .list());
  }
}
