package dev.muster.faults;

import java.util.List;
import java.util.stream.Stream;

/** What must hold in every history, as the database has it. */
final class Laws {
  private static final String ANY_COMPLETED =
      "(SELECT job_id FROM job_attempts WHERE outcome = 'completed' LIMIT 1)";

  /** How many leases each transaction began less those that it ended, by tenant and by agent. */
  private static final String LEASES =
      """
      WITH leases AS (
        SELECT who, xid, sum(more) AS more FROM (
          SELECT tenant AS who, xid, leased - was_leased AS more FROM faults.history
          UNION ALL
          SELECT was_agent, xid, -1 FROM faults.history WHERE was_leased = 1
          UNION ALL
          SELECT agent, xid, 1 FROM faults.history WHERE leased = 1) AS steps
        GROUP BY who, xid)
      """;

  /** How many were leased when each of these transactions had become true. */
  private static final String INSTANTS =
      """
      , moments AS (
        SELECT who, xid, max(seq) AS moment FROM faults.counted GROUP BY who, xid
      ), instants AS (
        SELECT who, moment, sum(more) OVER (PARTITION BY who ORDER BY moment) AS jobs
        FROM leases JOIN moments USING (who, xid))
      """;

  private static final List<Law> OF_JOBS =
      List.of(
          new Law(
              "every job ends",
              "SELECT id, status, due, attempt, agent_id FROM jobs WHERE finished_at IS NULL",
              "UPDATE jobs SET status = 'queued', finished_at = NULL WHERE id = " + ANY_COMPLETED),
          new Law(
              "no change is missing from the history",
              """
              SELECT job, seq, was, before FROM (
                SELECT job, seq, was, lag(now) OVER (PARTITION BY job ORDER BY seq) AS before
                FROM faults.history) AS steps
              WHERE was IS DISTINCT FROM before
              """,
              "DELETE FROM faults.history WHERE seq = (SELECT min(seq) FROM faults.history)"),
          new Law(
              "each start and end of a lease is counted where it happens",
              LEASES
                  + """
                  SELECT who, xid, more FROM leases
                  WHERE more <> 0 AND NOT EXISTS (
                    SELECT 1 FROM faults.counted
                    WHERE counted.who = leases.who AND counted.xid = leases.xid)
                  """,
              "DELETE FROM faults.counted"),
          new Law(
              "a tenant's cap is never passed",
              LEASES
                  + INSTANTS
                  + """
                  SELECT who, moment, jobs, max_running
                  FROM instants JOIN tenant_counters ON tenant_id = who WHERE jobs > max_running
                  """,
              "UPDATE tenant_counters SET max_running = 1"),
          new Law(
              "an agent never has more jobs than it can run at once",
              LEASES
                  + INSTANTS
                  + """
                  SELECT who, moment, jobs, max_concurrent
                  FROM instants JOIN agent_counters ON agent_id = who WHERE jobs > max_concurrent
                  """,
              "UPDATE agent_counters SET max_concurrent = 0"),
          new Law(
              "no job is completed twice",
              """
              SELECT job, count(*) FROM faults.history WHERE now = 'completed'
              GROUP BY job HAVING count(*) > 1
              """,
              """
              INSERT INTO faults.history (tenant, job, was, now, was_attempt, attempt, was_in_lane,
                in_lane)
              SELECT tenant_id, id, 'running', 'completed', 1, 1, false, false FROM jobs
              WHERE id = \
              """
                  + ANY_COMPLETED),
          new Law(
              "what has ended stays as it ended",
              """
              SELECT job, seq, was, now FROM faults.history
              WHERE was NOT IN ('queued', 'assigned', 'running')
              """,
              "UPDATE jobs SET status = 'failed' WHERE id = " + ANY_COMPLETED),
          new Law(
              "the fence is raised by each start and by nothing else",
              """
              SELECT job, seq, was, now, was_attempt, attempt FROM faults.history
              WHERE attempt <> was_attempt
                + CASE WHEN was = 'queued' AND now = 'assigned' THEN 1 ELSE 0 END
              """,
              "UPDATE jobs SET attempt = attempt + 1 WHERE id = " + ANY_COMPLETED),
          new Law(
              "each start is an attempt, and the last one completed the job, if late",
              """
              SELECT jobs.id, jobs.status, jobs.attempt, jobs.agent_id, late.job AS late,
                array_agg(tried.number || ' ' || tried.outcome ORDER BY tried.number) AS attempts
              FROM jobs LEFT JOIN job_attempts AS tried ON tried.job_id = jobs.id
              LEFT JOIN (
                SELECT job FROM faults.history WHERE was = 'queued' AND now = 'completed') AS late
                ON late.job = jobs.id
              GROUP BY jobs.tenant_id, jobs.id, late.job
              HAVING count(tried.number) <> jobs.attempt
                OR count(*) FILTER (WHERE tried.outcome = 'completed')
                  <> CASE WHEN jobs.status = 'completed' AND late.job IS NULL THEN 1 ELSE 0 END
                OR count(*)
                  FILTER (WHERE tried.outcome = 'completed' AND tried.number < jobs.attempt) > 0
                OR count(*) FILTER (WHERE tried.ended_at IS NULL AND tried.number IS NOT NULL)
                  <> CASE WHEN jobs.status IN ('assigned', 'running') THEN 1 ELSE 0 END
              """,
              "UPDATE job_attempts SET outcome = 'lease_lost' WHERE job_id = " + ANY_COMPLETED),
          new Law(
              "a result is of the attempt that completed the job",
              """
              SELECT jobs.id, jobs.attempt, jobs.result, tried.agent_id FROM jobs
              JOIN job_attempts AS tried ON tried.job_id = jobs.id AND tried.number = jobs.attempt
              WHERE jobs.status = 'completed'
                AND (jobs.result::jsonb ->> 'by' <> tried.agent_id::text
                  OR (jobs.result::jsonb ->> 'attempt')::integer <> jobs.attempt)
              """,
              "UPDATE jobs SET result = '{\"by\": \"x\", \"attempt\": 1}' WHERE id = "
                  + ANY_COMPLETED));

  private static final List<Law> OF_COUNTS =
      List.of(
          new Law(
              "tenants' counters say what the jobs say",
              """
              SELECT counted.tenant_id, counted.queued, counted.running, counted.running_shared,
                count(*) FILTER (WHERE jobs.status = 'queued') AS really_queued,
                count(*) FILTER (WHERE jobs.status IN ('assigned', 'running')) AS really_running
              FROM tenant_counters AS counted LEFT JOIN jobs USING (tenant_id)
              GROUP BY counted.tenant_id
              HAVING counted.queued <> count(*) FILTER (WHERE jobs.status = 'queued')
                OR counted.running
                  <> count(*) FILTER (WHERE jobs.status IN ('assigned', 'running'))
                OR counted.running_shared <> count(*)
                  FILTER (WHERE jobs.status IN ('assigned', 'running') AND jobs.pool = 'shared')
              """,
              "UPDATE tenant_counters SET running_shared = running_shared + 1"),
          new Law(
              "agents' counters say what the jobs say",
              """
              SELECT counted.agent_id, counted.leased, count(jobs.id) AS really_leased
              FROM agent_counters AS counted
              LEFT JOIN jobs
                ON jobs.agent_id = counted.agent_id AND jobs.status IN ('assigned', 'running')
              GROUP BY counted.tenant_id, counted.agent_id
              HAVING counted.leased <> count(jobs.id)
              """,
              "UPDATE agent_counters SET leased = leased + 1"),
          new Law(
              "arrivals are counted as jobs come into their lanes",
              """
              SELECT tenant_id, arrivals, coalesce(came, 0) AS really_came FROM tenant_counters
              LEFT JOIN (
                SELECT tenant, count(*) AS came FROM faults.history
                WHERE in_lane AND NOT was_in_lane GROUP BY tenant) AS noted ON tenant = tenant_id
              WHERE arrivals <> coalesce(came, 0)
              """,
              "UPDATE tenant_counters SET arrivals = arrivals + 1"),
          new Law(
              "each completion is audited once",
              """
              SELECT jobs.id, jobs.status, count(audited.id) AS entries FROM jobs
              LEFT JOIN audit_events AS audited
                ON audited.tenant_id = jobs.tenant_id AND audited.resource_id = jobs.id::text
                AND audited.action = 'agent.task_completed'
              GROUP BY jobs.tenant_id, jobs.id
              HAVING count(audited.id) <> CASE jobs.status WHEN 'completed' THEN 1 ELSE 0 END
              """,
              """
              UPDATE audit_events SET action = 'lost' WHERE id = (
                SELECT id FROM audit_events WHERE action = 'agent.task_completed' LIMIT 1)
              """));

  private Laws() {}

  static List<Law> all() {
    return Stream.of(OF_JOBS, OF_COUNTS, LawsOfClients.ALL).flatMap(List::stream).toList();
  }
}
