package dev.muster.benchmarks;

import dev.muster.benchmarks.peer.JvmPeer;
import dev.muster.benchmarks.peer.NodePeer;
import dev.muster.benchmarks.scenario.Ageing;
import dev.muster.benchmarks.scenario.Drain;
import dev.muster.benchmarks.scenario.Echo;
import dev.muster.benchmarks.scenario.Idle;
import dev.muster.benchmarks.scenario.Million;
import dev.muster.benchmarks.scenario.Parked;
import dev.muster.benchmarks.scenario.Pgbench;
import dev.muster.benchmarks.scenario.Scenario;
import dev.muster.benchmarks.scenario.Single;
import dev.muster.benchmarks.scenario.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be measured, by name, in the order in which all of it is. */
final class Scenarios {
  private Scenarios() {}

  static Map<String, Scenario> all() {
    Map<String, Scenario> all = new LinkedHashMap<>();
    all.put("echo", new Echo());
    all.put("pgbench", new Pgbench());
    all.put("db-scheduler", JvmPeer.dbScheduler());
    all.put("jobrunr", JvmPeer.jobRunr());
    all.put("graphile-worker", NodePeer.graphileWorker());
    all.put("pg-boss", NodePeer.pgBoss());
    all.put("single", new Single());
    all.put("drain-single", Drain.singly());
    all.put("drain-batch", Drain.inBatches());
    all.put("idle", new Idle());
    all.put("million", new Million());
    all.put("snapshot", new Snapshot());
    all.put("ageing", new Ageing());
    all.put("parked", new Parked());
    return all;
  }
}
