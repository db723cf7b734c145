package dev.muster.ports.in.scheduling;

/**
 * What the server does by its own clock. Each sweep runs on one replica at a time and may be called
 * as often as one likes; a call that finds another replica at it does nothing. Each answers how
 * much it changed.
 */
public interface Sweeps {
  /** Makes delayed jobs claimable whose time has come. */
  int promoteDueJobs();

  /** Takes back jobs whose lease was lost, ends those past their run timeout or cancel deadline. */
  int recoverLeases();

  /** Ends queued jobs past their queue timeout. */
  int expireJobs();

  /**
   * Notes in the audit log which agents went offline, and removes the workers of replicas that
   * died.
   */
  int noteOfflineAgents();

  /** Deletes finished jobs, used-up idempotency keys and the like past their retention. */
  int forgetOldRecords();

  /** Counts what waits, where that is too much to be counted each time somebody asks. */
  int countQueue();

  /** Seals anew what is sealed under an older master key. */
  int resealValues();

  /** Makes the partitions of the months to come. */
  int preparePartitions();
}
