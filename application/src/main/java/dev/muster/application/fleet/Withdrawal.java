package dev.muster.application.fleet;

import dev.muster.application.job.OwnDecisions;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.Transition;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.util.List;

/** Takes jobs back from an agent without costing them an attempt. */
public final class Withdrawal {
  private final Transactions transactions;
  private final JobDirectory directory;
  private final OwnDecisions decisions;

  /** Changes jobs through {@code decisions}. */
  public Withdrawal(Transactions transactions, JobDirectory directory, OwnDecisions decisions) {
    this.transactions = transactions;
    this.directory = directory;
    this.decisions = decisions;
  }

  /** Takes all jobs of an agent back. */
  public void ofAll(AgentId agent) {
    of(transactions.acrossTenants(() -> directory.leasedTo(agent)), agent);
  }

  /** Takes some jobs of an agent back; what somebody else has meanwhile stays there. */
  void of(List<Ref> jobs, AgentId agent) {
    decisions.change(
        jobs,
        (job, now) ->
            agent.equals(job.agent())
                ? JobLifecycle.onWithdrawn(job, now)
                : new Transition.Stale());
  }
}
