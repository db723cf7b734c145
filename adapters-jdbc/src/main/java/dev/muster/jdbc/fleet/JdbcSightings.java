package dev.muster.jdbc.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.fleet.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** That agents called, and where. Thread-safe. */
public final class JdbcSightings implements Sightings {
  private static final String NOTE =
      """
      WITH due AS MATERIALIZED (
        SELECT agent.tenant_id, agent.id, sighting.at, sighting.version
        FROM unnest(:tenants, :agents, :moments, :versions)
          AS sighting (tenant_id, id, at, version)
        JOIN agents AS agent ON agent.tenant_id = sighting.tenant_id AND agent.id = sighting.id
        WHERE agent.last_seen_at IS NULL
          OR agent.last_seen_at <= sighting.at - :betweenNotes::interval
          OR agent.last_seen_at <= sighting.at - :lease::interval
          OR agent.last_seen_at <= sighting.at
            AND agent.version IS DISTINCT FROM coalesce(sighting.version, agent.version)
        FOR NO KEY UPDATE OF agent SKIP LOCKED
      )
      UPDATE agents AS agent
         SET last_seen_at = due.at, version = coalesce(due.version, agent.version),
             offline_noted = false, replica = :replica,
             connected_since =
               CASE WHEN agent.last_seen_at > due.at - :lease::interval
                 THEN coalesce(agent.connected_since, due.at)
               ELSE due.at END
        FROM due
       WHERE agent.tenant_id = due.tenant_id AND agent.id = due.id
      """;

  private final JdbcTransactions transactions;
  private final String replica;
  private final Duration lease;

  /**
   * On the given transactions.
   *
   * @param replica what the server is called that agents call here
   * @param lease who pauses for so long has gone, and comes anew
   */
  public JdbcSightings(JdbcTransactions transactions, String replica, Duration lease) {
    this.transactions = transactions;
    this.replica = replica;
    this.lease = lease;
  }

  @Override
  public void note(List<Sighting> sightings) {
    List<Sighting> each = List.copyOf(eachAgentOnce(sightings));
    transactions.forAllTenants(handle ->
        handle
            .createUpdate(NOTE)
            .bind("tenants", SqlArray.of(UUID.class, ids(each, true)))
            .bind("agents", SqlArray.of(UUID.class, ids(each, false)))
            .bind("moments", SqlArray.of(Instant.class, each.stream().map(Sighting::at).toArray()))
            .bind(
                "versions",
                SqlArray.of(String.class, each.stream().map(Sighting::version).toArray()))
            .bind("betweenNotes", BETWEEN_NOTES.toString())
            .bind("lease", lease.toString())
            .bind("replica", replica)
            .execute());
  }

  private static List<UUID> ids(List<Sighting> sightings, boolean ofTenants) {
    return sightings.stream()
        .map(each -> ofTenants ? each.tenant().value() : each.agent().value())
        .toList();
  }

  /** At its latest call, with the version that it named last. */
  private static Collection<Sighting> eachAgentOnce(List<Sighting> sightings) {
    Map<AgentId, Sighting> latest = new LinkedHashMap<>();
    sightings.forEach(one -> latest.merge(one.agent(), one, JdbcSightings::later));
    return latest.values();
  }

  private static Sighting later(Sighting one, Sighting other) {
    if (other.at().isBefore(one.at())) {
      return later(other, one);
    }
    return other.version() != null
        ? other
        : new Sighting(other.tenant(), other.agent(), other.at(), one.version());
  }
}
