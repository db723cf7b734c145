package dev.muster.benchmarks;

import java.util.Locale;

/** Everything that is measured. */
public enum Figure {
  ECHO("bare HTTP echo, Jetty without anything", "/s"),
  ECHO_JAVALIN("bare HTTP echo, Javalin as the server uses it", "/s"),
  SINGLE("submit + claim + complete, one each a request", "jobs/s"),
  PGBENCH_SINGLE("pgbench: submit + claim + complete, one each a transaction", "jobs/s"),
  PGBENCH_CLAIM("pgbench: claim + complete, one each a transaction", "jobs/s"),
  PGBENCH_FIFTIES("pgbench: claim + complete, 50 a transaction", "jobs/s"),
  PGBENCH_INSERT("pgbench: insert", "jobs/s"),
  DRAIN_SINGLE("drain 20,000, one result a request", "jobs/s"),
  DB_SCHEDULER("db-scheduler, lock-and-fetch: drain 20,000", "jobs/s"),
  DB_SCHEDULER_FETCH("db-scheduler, fetch: drain 20,000", "jobs/s"),
  JOBRUNR("JobRunr: drain 20,000", "jobs/s"),
  DRAIN_BATCH("drain, claims and results in fifties", "jobs/s"),
  GRAPHILE_TUNED("graphile-worker, tuned: drain", "jobs/s"),
  GRAPHILE_DEFAULT("graphile-worker, default: drain", "jobs/s"),
  PG_BOSS_FIFTIES("pg-boss, fifties: drain", "jobs/s"),
  PG_BOSS_SINGLE("pg-boss, one by one: drain", "jobs/s"),
  IDLE_P50("idle: submit → a waiting agent has it, p50", "ms"),
  IDLE_P99("idle: submit → a waiting agent has it, p99", "ms"),
  NOTIFY_P50("floor: insert + NOTIFY → heard → taken, p50", "ms"),
  NOTIFY_P99("floor: insert + NOTIFY → heard → taken, p99", "ms"),
  GRAPHILE_P50("graphile-worker idle: add → the task runs, p50", "ms"),
  GRAPHILE_P99("graphile-worker idle: add → the task runs, p99", "ms"),
  CLAIM_SMALL_P50("claim at 10,000 queued, capped, p50", "ms"),
  CLAIM_SMALL_P99("claim at 10,000 queued, capped, p99", "ms"),
  CLAIM_MILLION_P50("claim at 1,000,000 queued, capped, p50", "ms"),
  CLAIM_MILLION_P99("claim at 1,000,000 queued, capped, p99", "ms"),
  WITHOUT_SNAPSHOT("submit + claim + complete for 40 s", "jobs/s"),
  WITH_SNAPSHOT("the same while a snapshot is held", "jobs/s"),
  AGED_ROWS("rows rewritten in a quiet minute with a queue", "rows"),
  PARKED_MIB("10,000 parked polls: resident memory", "MiB"),
  PARKED_CORES("10,000 parked polls: idle processor time", "% of a core"),
  PARKED_WOKEN_P99("10,000 parked polls: submit → an agent has it, p99", "ms"),
  PARKED_RENEWING_P99("10,000 parked polls, 500 a second renewed: the same", "ms"),
  PARKED_BEATING("10,000 parked polls with heartbeats: processor time", "% of a core");

  private static final double SMALL = 100;

  private final String what;
  private final String unit;

  Figure(String what, String unit) {
    this.what = what;
    this.unit = unit;
  }

  /** What it is, for people. */
  public String what() {
    return what;
  }

  /** A value with its unit. */
  public String shown(double value) {
    return String.format(Locale.ROOT, value < SMALL ? "%,.2f %s" : "%,.0f %s", value, unit);
  }
}
