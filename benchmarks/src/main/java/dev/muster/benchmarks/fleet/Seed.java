package dev.muster.benchmarks.fleet;

import dev.muster.outside.Api;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Puts very many jobs into a database, under the server's feet while it is stopped. What a row
 * looks like it takes from one that the server made: templates are made over the API, and copied
 * with other keys and times. All that a scheduler counts is set to what is really there.
 *
 * <p>Of 1,000 tenants 50 own nine jobs in ten. Half of either kind are at their cap, and to them
 * belongs the better half of all jobs: whoever looks for the best job meets them first.
 */
public final class Seed {
  private static final int TENANTS = 1_000;
  private static final int LARGE = 50;
  private static final String SYSTEM = "'00000000-0000-0000-0000-000000000001'";

  private final Databases databases;
  private final String database;

  private Seed(Databases databases, String database) {
    this.databases = databases;
    this.database = database;
  }

  /** What has to be there before: a tenant of each kind, and a job of each priority. */
  public static void templates(RunningServer server) {
    Api operator = server.operator();
    operator.put(
        "/api/v1/admin/plans/free",
        "{\"max_concurrent_jobs\": 1, \"max_queue_size\": 1000000, \"weight\": 50}");
    operator.post(
        "/api/v1/admin/tenants",
        "{\"slug\": \"template-free\", \"name\": \"t\", \"plan\": \"free\"}");
    Api user = new Api(server.url(), Tenants.makeWithTokens(operator, 1).getFirst());
    for (String priority : new String[] {"critical", "normal", "low"}) {
      user.post(
          "/api/v1/platform-jobs",
          "{\"type\": \"scan\", \"payload\": {\"tool\": \"nmap\", \"target\": \"192.0.2.1\"},"
              + " \"priority\": \"%s\"}".formatted(priority));
    }
  }

  /**
   * Fills a database that has the templates and an agent.
   *
   * @param jobs how many are queued
   */
  public static void fill(Databases databases, String database, int jobs) throws SQLException {
    Seed seed = new Seed(databases, database);
    try (Connection connection = databases.connect(database);
        Statement sql = connection.createStatement()) {
      sql.execute(seed.numbersOfTenants());
      sql.execute(seed.copyOfTenants());
      sql.execute(seed.copyOfCounters());
      sql.execute(seed.queuedJobs(jobs));
      sql.execute(seed.runningJobs());
      sql.execute(
          "INSERT INTO job_attempts (tenant_id, job_id, number, agent_id, assigned_at)"
              + " SELECT tenant_id, id, attempt, agent_id, assigned_at FROM jobs WHERE attempt > 0");
      sql.execute(TENANTS_COUNT);
      sql.execute(AGENTS_COUNT);
      sql.execute("DROP TABLE seeded");
      sql.execute("VACUUM ANALYZE");
      sql.execute("CHECKPOINT");
    }
  }

  private static final String TENANTS_COUNT =
      """
      UPDATE tenant_counters SET
        queued = counted.queued, arrivals = counted.queued,
        running = counted.running, running_shared = counted.running
      FROM (
        SELECT tenant_id, count(*) FILTER (WHERE status = 'queued') AS queued,
          count(*) FILTER (WHERE status = 'assigned') AS running
        FROM jobs GROUP BY tenant_id) AS counted
      WHERE counted.tenant_id = tenant_counters.tenant_id
      """;

  private static final String AGENTS_COUNT =
      """
      UPDATE agent_counters SET leased = counted.jobs
      FROM (
        SELECT agent_id, count(*) AS jobs FROM jobs WHERE status = 'assigned' GROUP BY agent_id
      ) AS counted
      WHERE counted.agent_id = agent_counters.agent_id
      """;

  /** Even numbers are at their cap, and the first ones are large. */
  private String numbersOfTenants() {
    return "CREATE TABLE seeded AS SELECT n AS number, n %% 2 = 0 AS capped, uuidv7() AS id,"
            .formatted()
        + " CASE WHEN n %% 2 = 0 THEN 'template-free' ELSE 'bench-0' END AS template".formatted()
        + " FROM generate_series(0, "
        + (TENANTS - 1)
        + ") AS n";
  }

  private String copyOfTenants() throws SQLException {
    return copy(
        "tenants",
        Map.of("id", "seeded.id", "slug", "'seeded-' || seeded.number"),
        "seeded JOIN tenants AS old ON old.slug = seeded.template");
  }

  private String copyOfCounters() throws SQLException {
    return copy(
        "tenant_counters",
        Map.of("tenant_id", "seeded.id", "queued", "0", "running", "0"),
        "seeded JOIN tenants ON tenants.slug = seeded.template"
            + " JOIN tenant_counters AS old ON old.tenant_id = tenants.id");
  }

  /** Those of capped tenants are critical; they waited up to two hours, as all did. */
  private String queuedJobs(int jobs) throws SQLException {
    Map<String, String> changed = new TreeMap<>(ofTenant());
    String waited = "now() - make_interval(secs => 7200.0 * (place.n %% 9973) / 9973)".formatted();
    changed.put("queued_at", waited);
    changed.put("due_at", waited);
    String owner =
        "CASE WHEN n %% 10 < 9 THEN (n / 10 * 9 + n %% 10) %% %d ELSE %d + n / 10 %% %d END"
            .formatted(LARGE, LARGE, TENANTS - LARGE);
    String places = "(SELECT n, %s AS tenant FROM generate_series(0, %d) AS n) AS place";
    return copy(
        "jobs",
        changed,
        places.formatted(owner, jobs - 1)
            + " JOIN seeded ON seeded.number = place.tenant"
            + " JOIN jobs AS old ON old.priority = CASE WHEN seeded.capped THEN 'critical'"
            + " WHEN place.n / 10 % 2 = 0 THEN 'normal' ELSE 'low' END");
  }

  /** One each is the cap; an agent that says nothing has them, under leases that last. */
  private String runningJobs() throws SQLException {
    Map<String, String> changed = new TreeMap<>(ofTenant());
    changed.put("status", "'assigned'");
    changed.put("attempt", "1");
    changed.put("attempts_used", "1");
    changed.put("agent_id", "agent.id");
    changed.put("assigned_at", "now()");
    changed.put("lease_expires_at", "now() + interval '1 day'");
    return copy(
        "jobs",
        changed,
        "seeded JOIN (SELECT id FROM agents WHERE tenant_id = "
            + SYSTEM
            + " AND name = 'agent-0') AS agent ON seeded.capped"
            + " JOIN tenants ON tenants.slug = 'bench-0'"
            + " JOIN jobs AS old ON old.tenant_id = tenants.id AND old.priority = 'critical'");
  }

  private static Map<String, String> ofTenant() {
    return Map.of("tenant_id", "seeded.id", "id", "uuidv7()");
  }

  /** The statement that copies rows named {@code old} with some columns changed. */
  private String copy(String table, Map<String, String> changed, String from) throws SQLException {
    StringJoiner columns = new StringJoiner(", ");
    StringJoiner values = new StringJoiner(", ");
    for (String column : columns(table)) {
      columns.add(column);
      values.add(changed.getOrDefault(column, "old." + column));
    }
    return "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(table, columns, values, from);
  }

  private List<String> columns(String table) throws SQLException {
    return databases.texts(
        database,
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
            + " AND is_generated = 'NEVER' AND table_name = '%s'".formatted(table));
  }
}
