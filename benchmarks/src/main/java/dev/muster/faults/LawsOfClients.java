package dev.muster.faults;

import java.util.List;

/** What must hold of what clients were told. */
final class LawsOfClients {
  static final List<Law> ALL =
      List.of(
          new Law(
              "a job that was promised is there",
              """
              SELECT submitted.job, submitted.tenant FROM faults.submitted
              LEFT JOIN jobs ON jobs.id = submitted.job AND jobs.tenant_id = submitted.tenant
              WHERE jobs.id IS NULL
              """,
              """
              UPDATE faults.submitted SET job = gen_random_uuid()
              WHERE job = (SELECT job FROM faults.submitted LIMIT 1)
              """),
          new Law(
              "a submit that was repeated under its key made one job, any other at most one a try",
              """
              SELECT submitted.tenant, submitted.number, count(*), submitted.tries
              FROM faults.submitted
              JOIN jobs ON jobs.tenant_id = submitted.tenant
                AND (jobs.payload::jsonb ->> 'n')::integer = submitted.number
              GROUP BY submitted.tenant, submitted.number, submitted.tries, submitted.repeatable
              HAVING count(*) > CASE WHEN submitted.repeatable THEN 1 ELSE submitted.tries END
              """,
              "UPDATE faults.submitted SET tries = 0, repeatable = false"),
          new Law(
              "an attempt is one agent's",
              """
              SELECT told.job, told.attempt, told.agent, tried.agent_id FROM faults.told
              LEFT JOIN job_attempts AS tried
                ON tried.job_id = told.job AND tried.number = told.attempt
              WHERE tried.agent_id IS DISTINCT FROM told.agent
              """,
              "UPDATE faults.told SET agent = gen_random_uuid()"),
          new Law(
              "a stale attempt writes nothing",
              """
              SELECT answered.job, answered.attempt, answered.said, told.attempt AS newer
              FROM faults.answered
              JOIN faults.told ON told.job = answered.job AND told.attempt > answered.attempt
                AND told.received < answered.sent
              WHERE answered.status = 200
              """,
              """
              INSERT INTO faults.told
              SELECT job, attempt + 1, agent, sent - 1 FROM faults.answered
              WHERE status = 200 LIMIT 1
              """),
          new Law(
              "a completion that was taken is kept",
              """
              SELECT answered.job, answered.attempt, answered.agent, jobs.status, jobs.attempt
              FROM faults.answered
              LEFT JOIN jobs ON jobs.id = answered.job
              LEFT JOIN job_attempts AS tried
                ON tried.job_id = answered.job AND tried.number = answered.attempt
              WHERE answered.said = 'completed' AND answered.status = 200
                AND (jobs.status, jobs.attempt, tried.agent_id)
                  IS DISTINCT FROM ('completed', answered.attempt, answered.agent)
              """,
              "UPDATE faults.answered SET attempt = attempt + 1"),
          new Law(
              "a failure that was taken is kept",
              """
              SELECT answered.job, answered.attempt, jobs.status, jobs.attempt AS newest
              FROM faults.answered LEFT JOIN jobs ON jobs.id = answered.job
              WHERE answered.said = 'failed' AND answered.status = 200
                AND (jobs.status, jobs.attempt) IS DISTINCT FROM ('failed', answered.attempt)
              """,
              """
              UPDATE faults.answered SET attempt = attempt + 1 WHERE said = 'failed'
              """));

  private LawsOfClients() {}
}
