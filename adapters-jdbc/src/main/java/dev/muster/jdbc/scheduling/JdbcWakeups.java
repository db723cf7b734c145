package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.scheduling.Wakeups;

/** Wakes by NOTIFY, which PostgreSQL delivers when the transaction commits. Thread-safe. */
public final class JdbcWakeups implements Wakeups {
  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcWakeups(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void jobsMayWait() {
    send(Signal.jobs());
  }

  @Override
  public void agentConcerned(AgentId agent) {
    send(Signal.agent(agent));
  }

  private void send(String payload) {
    transactions.forAllTenants(handle ->
        handle
            .createQuery("SELECT pg_notify(:channel, :payload)")
            .bind("channel", Signal.CHANNEL)
            .bind("payload", payload)
            .mapToMap()
            .one());
  }
}
