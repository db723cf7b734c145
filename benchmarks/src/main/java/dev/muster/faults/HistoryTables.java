package dev.muster.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * What is recorded for the laws, in a schema of its own beside the server's: each change of a job's
 * state by a trigger, numbered while its row is locked; each change of a counter, numbered while
 * that is locked, which it is until the commit; and what clients saw. So the numbers of a job's
 * changes are the order of these, and those of a tenant's or an agent's counter the order in which
 * transactions that start or end its leases became true. What is rolled back was never noted.
 */
final class HistoryTables {
  private static final String MADE =
      """
      CREATE SCHEMA faults;
      CREATE TABLE faults.history (
        seq bigserial PRIMARY KEY,
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        tenant uuid NOT NULL, job uuid NOT NULL,
        was text, now text NOT NULL,
        was_attempt integer NOT NULL, attempt integer NOT NULL,
        was_agent uuid, agent uuid,
        was_in_lane boolean NOT NULL, in_lane boolean NOT NULL,
        was_leased integer NOT NULL GENERATED ALWAYS AS
          (CASE WHEN was IN ('assigned', 'running') THEN 1 ELSE 0 END) STORED,
        leased integer NOT NULL GENERATED ALWAYS AS
          (CASE WHEN now IN ('assigned', 'running') THEN 1 ELSE 0 END) STORED
      );
      CREATE TABLE faults.counted (
        seq bigserial PRIMARY KEY,
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        who uuid NOT NULL
      );
      CREATE TABLE faults.submitted (
        job uuid NOT NULL, tenant uuid NOT NULL, number integer NOT NULL,
        tries integer NOT NULL, repeatable boolean NOT NULL
      );
      CREATE TABLE faults.told (
        job uuid NOT NULL, attempt integer NOT NULL, agent uuid NOT NULL, received bigint NOT NULL
      );
      CREATE TABLE faults.answered (
        job uuid NOT NULL, attempt integer NOT NULL, agent uuid NOT NULL, said text NOT NULL,
        status integer NOT NULL, sent bigint NOT NULL, received bigint NOT NULL
      );
      CREATE FUNCTION faults.note_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO faults.history
          (tenant, job, now, was_attempt, attempt, agent, was_in_lane, in_lane)
        VALUES (NEW.tenant_id, NEW.id, NEW.status, 0, NEW.attempt, NEW.agent_id,
          false, NEW.status = 'queued' AND NEW.due);
        RETURN NULL;
      END $$;
      CREATE FUNCTION faults.note_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO faults.history (tenant, job, was, now, was_attempt, attempt, was_agent, agent,
          was_in_lane, in_lane)
        VALUES (NEW.tenant_id, NEW.id, OLD.status, NEW.status, OLD.attempt, NEW.attempt,
          OLD.agent_id, NEW.agent_id,
          OLD.status = 'queued' AND OLD.due, NEW.status = 'queued' AND NEW.due);
        RETURN NULL;
      END $$;
      CREATE FUNCTION faults.note_tenant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO faults.counted (who) VALUES (NEW.tenant_id);
        RETURN NULL;
      END $$;
      CREATE FUNCTION faults.note_agent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO faults.counted (who) VALUES (NEW.agent_id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER faults_counted AFTER UPDATE ON tenant_counters FOR EACH ROW
        WHEN (OLD.running <> NEW.running) EXECUTE FUNCTION faults.note_tenant();
      CREATE TRIGGER faults_counted AFTER UPDATE ON agent_counters FOR EACH ROW
        WHEN (OLD.leased <> NEW.leased) EXECUTE FUNCTION faults.note_agent();
      CREATE TRIGGER faults_new AFTER INSERT ON jobs
        FOR EACH ROW EXECUTE FUNCTION faults.note_new();
      CREATE TRIGGER faults_changed AFTER UPDATE ON jobs FOR EACH ROW
        WHEN ((OLD.status, OLD.attempt, OLD.agent_id, OLD.due)
          IS DISTINCT FROM (NEW.status, NEW.attempt, NEW.agent_id, NEW.due))
        EXECUTE FUNCTION faults.note_changed();
      """;

  private HistoryTables() {}

  /** Begins to record, on a database that the server has made its tables in. */
  static void make(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(MADE);
    }
  }

  /** Adds what clients saw in one run. */
  static void add(Connection connection, Seen seen) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO faults.submitted VALUES (?, ?, ?, ?, ?)")) {
      for (Seen.Submitted each : seen.submitted()) {
        batch(insert, each.job(), each.tenant(), each.number(), each.tries(), each.repeatable());
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO faults.told VALUES (?, ?, ?, ?)")) {
      for (Seen.Told each : seen.told()) {
        batch(insert, each.job(), each.attempt(), each.agent(), each.received());
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO faults.answered VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (Seen.Answered each : seen.answered()) {
        batch(
            insert,
            each.job(),
            each.attempt(),
            each.agent(),
            each.said(),
            each.status(),
            each.sent(),
            each.received());
      }
      insert.executeBatch();
    }
  }

  private static void batch(PreparedStatement insert, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
    }
    insert.addBatch();
  }

  /** How many jobs of these tenants have not ended. */
  static int open(Connection connection, Iterable<UUID> tenants) throws SQLException {
    try (PreparedStatement count =
        connection.prepareStatement(
            "SELECT count(*) FROM jobs WHERE tenant_id = ? AND finished_at IS NULL")) {
      int open = 0;
      for (UUID tenant : tenants) {
        count.setObject(1, tenant);
        try (var rows = count.executeQuery()) {
          rows.next();
          open += rows.getInt(1);
        }
      }
      return open;
    }
  }
}
