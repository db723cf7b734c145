package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.out.scheduling.Wakeups;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Wakes this replica directly, once the transaction has committed, and the others by NOTIFY, which
 * PostgreSQL delivers on the commit. Thread-safe.
 */
public final class JdbcWakeups implements Wakeups {
  private final JdbcTransactions transactions;
  private final JdbcReplica replica;
  private final List<Wakeable> here = new CopyOnWriteArrayList<>();

  /** On the given transactions, as a replica. */
  public JdbcWakeups(JdbcTransactions transactions, JdbcReplica replica) {
    this.transactions = transactions;
    this.replica = replica;
  }

  /** Wakes this one of this replica from now on. */
  public void wake(Wakeable wakeable) {
    here.add(wakeable);
  }

  /** All that are to be woken on this replica, for what other replicas signal. */
  public Wakeable here() {
    return new Wakeable() {
      @Override
      public void jobsMayWait() {
        here.forEach(Wakeable::jobsMayWait);
      }

      @Override
      public void agentConcerned(AgentId agent) {
        here.forEach(each -> each.agentConcerned(agent));
      }

      @Override
      public void credentialsChanged() {
        here.forEach(Wakeable::credentialsChanged);
      }
    };
  }

  @Override
  public void jobsArrived(TenantStanding after, List<QueuedJob> jobs) {
    tell(Signal.jobs(replica.id()), wakeable -> wakeable.jobsArrived(after, jobs));
  }

  @Override
  public void standingChanged(TenantStanding after) {
    tell(Signal.jobs(replica.id()), wakeable -> wakeable.standingChanged(after));
  }

  @Override
  public void jobsMayWait() {
    tell(Signal.jobs(replica.id()), Wakeable::jobsMayWait);
  }

  @Override
  public void agentConcerned(AgentId agent) {
    tell(Signal.agent(replica.id(), agent), wakeable -> wakeable.agentConcerned(agent));
  }

  @Override
  public void credentialsChanged() {
    tell(Signal.credentials(replica.id()), Wakeable::credentialsChanged);
  }

  private void tell(String payload, Consumer<Wakeable> local) {
    transactions.afterCommit(() -> here.forEach(local));
    // PostgreSQL delivers equal ones once; each would still be a statement.
    if (replica.hasOthers() && transactions.isFirst(payload)) {
      send(payload);
    }
  }

  private void send(String payload) {
    transactions.inAnyScope(handle ->
        handle
            .createQuery("SELECT pg_notify(:channel, :payload)")
            .bind("channel", Signal.CHANNEL)
            .bind("payload", payload)
            .mapToMap()
            .one());
  }
}
