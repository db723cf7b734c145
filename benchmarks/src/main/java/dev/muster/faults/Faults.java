package dev.muster.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The faults by the names of their scenarios. */
final class Faults {
  private static final Ground.Size USUAL = new Ground.Size(2, 12, 3);
  private static final Ground.Size CROWDED = new Ground.Size(2, 5_000, 60);
  private static final Duration SOON = Duration.ofMinutes(3);

  /** Who was away for a while tries again after a minute, and may hold a job. */
  private static final Duration IN_A_WHILE = Duration.ofMinutes(6);

  private static final int MILLIS = 1_000;
  private static final Load.Manner THRICE = new Load.Manner(3, 0, false);
  private static final Load.Manner AN_HOUR_OFF = new Load.Manner(1, 3_600, false);

  private Faults() {}

  /**
   * A fault, how the agents behave meanwhile, and where.
   *
   * @param end how long after the fault all jobs must have ended
   */
  record Scenario(Fault fault, Load.Manner manner, Ground.Size size, Duration end) {
    Scenario(Fault fault, Load.Manner manner) {
      this(fault, manner, USUAL, SOON);
    }
  }

  static Map<String, Scenario> all() {
    Map<String, Scenario> all = new LinkedHashMap<>();
    all.put("server-killed", new Scenario(Faults::killServer, Load.Manner.USUAL));
    all.put("agent-killed", new Scenario(Faults::killAgents, Load.Manner.USUAL));
    all.put("postgres-killed", new Scenario(Faults::killPostgres, Load.Manner.USUAL));
    all.put("replica-paused", new Scenario(Faults::pauseReplica, Load.Manner.USUAL));
    all.put("line-cut", new Scenario(Faults::cutLine, Load.Manner.USUAL));
    all.put("sent-thrice", new Scenario((ground, load, random) -> {}, THRICE));
    all.put("clocks-off", new Scenario(Faults::killAgents, AN_HOUR_OFF));
    all.put(
        "crowd",
        new Scenario(Faults::sendTheCrowdOn, new Load.Manner(1, 0, true), CROWDED, IN_A_WHILE));
    return all;
  }

  private static void killServer(Ground ground, Load load, Random random) throws Exception {
    Replica victim = ground.replicas().get(random.nextInt(ground.replicas().size()));
    sleep(random, 100, 1_000);
    victim.kill();
    sleep(random, 0, 500);
    victim.startAgain();
    victim.ready();
  }

  private static void killAgents(Ground ground, Load load, Random random) throws Exception {
    int deaths = 2 + random.nextInt(6);
    for (int i = 0; i < deaths; i++) {
      int victim = random.nextInt(load.agentCount());
      sleep(random, 20, 300);
      load.kill(victim);
      if (random.nextBoolean()) {
        sleep(random, 0, 300);
        load.revive(victim);
      }
    }
  }

  private static void killPostgres(Ground ground, Load load, Random random) throws Exception {
    sleep(random, 100, 1_000);
    ground.killPostgres();
  }

  private static void pauseReplica(Ground ground, Load load, Random random) throws Exception {
    Replica victim = ground.replicas().get(random.nextInt(ground.replicas().size()));
    sleep(random, 100, 800);
    victim.pause();
    Thread.sleep(2L * ground.size().leaseSeconds() * MILLIS);
    victim.resume();
  }

  /** One line or both, for a moment or for longer than a lease. */
  private static void cutLine(Ground ground, Load load, Random random) throws Exception {
    boolean both = random.nextBoolean();
    Replica victim = ground.replicas().get(random.nextInt(ground.replicas().size()));
    sleep(random, 100, 800);
    ground.replicas().stream()
        .filter(replica -> both || replica == victim)
        .forEach(replica -> replica.line().cut());
    sleep(random, 20, random.nextBoolean() ? 200 : ground.size().leaseSeconds() * MILLIS);
    ground.replicas().forEach(replica -> replica.line().mend());
  }

  /** Everybody waits at one replica, which is killed. */
  private static void sendTheCrowdOn(Ground ground, Load load, Random random) throws Exception {
    Replica first = ground.replicas().getFirst();
    sleep(random, 4_000, 8_000);
    first.kill();
    sleep(random, 2_000, 4_000);
    first.startAgain();
    first.ready();
  }

  private static void sleep(Random random, int fromMillis, int toMillis)
      throws InterruptedException {
    Thread.sleep(fromMillis + random.nextInt(toMillis - fromMillis));
  }
}
