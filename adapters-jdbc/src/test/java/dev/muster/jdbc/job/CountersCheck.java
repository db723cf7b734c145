package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

/** That the counters of all tenants and agents say what is in the jobs' rows. */
final class CountersCheck {
  private CountersCheck() {}

  static void assertTrue(JdbcJobStorage storage) {
    assertThat(
            count(
                storage,
                """
                SELECT count(*) FROM tenant_counters AS counters
                WHERE (counters.queued, counters.running) <> (
                  SELECT
                    count(*) FILTER (WHERE status = 'queued')::int,
                    count(*) FILTER (WHERE status IN ('assigned', 'running'))::int
                  FROM jobs WHERE jobs.tenant_id = counters.tenant_id)
                """))
        .isZero();
    assertThat(
            count(
                storage,
                """
                SELECT count(*) FROM agent_counters AS counters
                WHERE leased <> (
                  SELECT count(*) FROM jobs
                  WHERE jobs.agent_id = counters.agent_id
                    AND status IN ('assigned', 'running'))
                """))
        .isZero();
  }

  private static long count(JdbcJobStorage storage, String sql) {
    return storage
        .database()
        .asSuperuser()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
