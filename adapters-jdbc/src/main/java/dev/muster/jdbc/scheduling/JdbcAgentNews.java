package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.fleet.JdbcAgentRows;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.update.Nudges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What agents have not been told yet. Thread-safe. */
public final class JdbcAgentNews implements AgentNews {
  private static final String NEWS =
      "SELECT "
          + JdbcAgentRows.COLUMNS
          + """
          , agent.pending_control, agent.key_generation, nudge.due_at AS nudge_due_at,
            untold.jobs, untold.attempts
          FROM agents AS agent
          LEFT JOIN update_nudges AS nudge
            ON nudge.tenant_id = agent.tenant_id AND nudge.agent_id = agent.id
              AND nudge.due_at <= :now AND nudge.due_at > :lapsed
          CROSS JOIN LATERAL (
            SELECT
              array_agg(id ORDER BY id) AS jobs,
              array_agg(attempt ORDER BY id) AS attempts
            FROM jobs
            WHERE agent_id = agent.id AND status IN ('assigned', 'running')
              AND cancel_requested_at IS NOT NULL AND NOT cancel_told
          ) AS untold
          WHERE agent.id = ANY (:agents)
          """;

  private static final String CONCERNED =
      """
      SELECT id FROM agents WHERE pending_control IS NOT NULL OR NOT enabled
      UNION
      SELECT agent_id FROM update_nudges WHERE due_at <= :now AND due_at > :lapsed
      UNION
      SELECT agent_id FROM agent_keys WHERE revoked_at > now() - interval '90 seconds'
      UNION
      SELECT agent_id FROM jobs
      WHERE cancel_requested_at IS NOT NULL AND NOT cancel_told
        AND status IN ('assigned', 'running')
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgentNews(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Map<AgentId, News> of(Collection<AgentId> agents, Instant now) {
    if (agents.isEmpty()) {
      return Map.of();
    }
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(NEWS)
            .bind("agents", SqlArray.of(UUID.class, agents.stream().map(AgentId::value).toList()))
            .bind("now", now)
            .bind("lapsed", now.minus(Nudges.GOOD_FOR))
            .map(JdbcAgentNews::news)
            .collect(Collectors.toMap(news -> news.agent().id(), news -> news)));
  }

  @Override
  public Set<AgentId> concerned(Instant now) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(CONCERNED)
            .bind("now", now)
            .bind("lapsed", now.minus(Nudges.GOOD_FOR))
            .mapTo(UUID.class)
            .map(AgentId::new)
            .collect(Collectors.toSet()));
  }

  @Override
  public void told(AgentId agent, News news) {
    transactions.forAllTenants(handle ->
        toldControl(handle, agent, news.control())
            + toldCancels(handle, agent, news)
            + nudged(handle, agent, news.nudgeDue()));
  }

  /** Only what was told: it may have been decided otherwise meanwhile. */
  private static int toldControl(Handle handle, AgentId agent, @Nullable AgentControl control) {
    return control == null
        ? 0
        : handle
            .createUpdate(
                """
                UPDATE agents SET pending_control = NULL
                WHERE id = :agent AND pending_control = :control
                """)
            .bind("agent", agent.value())
            .bind("control", Columns.word(control))
            .execute();
  }

  private static int toldCancels(Handle handle, AgentId agent, News news) {
    return news.cancels().isEmpty()
        ? 0
        : handle
            .createUpdate(
                """
                UPDATE jobs SET cancel_told = true
                FROM (
                  SELECT jobs.tenant_id, jobs.id
                  FROM unnest(:jobs, :attempts) AS told (id, attempt)
                  JOIN jobs ON jobs.id = told.id AND jobs.attempt = told.attempt
                  WHERE jobs.agent_id = :agent AND jobs.status IN ('assigned', 'running')
                  ORDER BY jobs.tenant_id, jobs.id
                  FOR NO KEY UPDATE OF jobs) AS told
                WHERE jobs.tenant_id = told.tenant_id AND jobs.id = told.id
                """)
            .bind("agent", agent.value())
            .bind(
                "jobs",
                SqlArray.of(UUID.class, news.cancels().stream().map(c -> c.job().value()).toList()))
            .bind(
                "attempts",
                SqlArray.of(
                    Integer.class, news.cancels().stream().map(Control.Cancel::attempt).toList()))
            .execute();
  }

  /**
   * Only at the moment that was told: there may be a new rollout. Never waits for whoever writes
   * one; the agent is told once more then.
   */
  private static int nudged(Handle handle, AgentId agent, @Nullable Instant due) {
    return due == null
        ? 0
        : handle
            .createUpdate(
                """
                DELETE FROM update_nudges USING (
                  SELECT tenant_id, agent_id FROM update_nudges
                   WHERE agent_id = :agent AND due_at = :due FOR UPDATE SKIP LOCKED) AS told
                 WHERE update_nudges.tenant_id = told.tenant_id
                   AND update_nudges.agent_id = told.agent_id
                """)
            .bind("agent", agent.value())
            .bind("due", due)
            .execute();
  }

  private static News news(ResultSet row, StatementContext context) throws SQLException {
    String control = row.getString("pending_control");
    return new News(
        JdbcAgentRows.read(row, context),
        control == null ? null : AgentControl.valueOf(control.toUpperCase(Locale.ROOT)),
        Columns.instantOrNull(row, "nudge_due_at"),
        cancels(row),
        row.getInt("key_generation"));
  }

  private static List<Control.Cancel> cancels(ResultSet row) throws SQLException {
    if (row.getArray("jobs") == null) {
      return List.of();
    }
    UUID[] jobs = (UUID[]) row.getArray("jobs").getArray();
    Integer[] attempts = (Integer[]) row.getArray("attempts").getArray();
    List<Control.Cancel> cancels = new ArrayList<>();
    for (int i = 0; i < jobs.length; i++) {
      cancels.add(new Control.Cancel(new JobId(jobs[i]), attempts[i]));
    }
    return cancels;
  }
}
