package dev.muster.jdbc.job;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.job.LogLimit;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.TestDatabase;
import dev.muster.jdbc.fleet.JdbcAgents;
import dev.muster.jdbc.fleet.JdbcInlineAgents;
import dev.muster.jdbc.scheduling.JdbcAgentNews;
import dev.muster.jdbc.scheduling.JdbcJobQueue;
import dev.muster.jdbc.scheduling.JdbcQueueSnapshots;
import dev.muster.jdbc.scheduling.JdbcQueueStatistics;
import dev.muster.jdbc.tenancy.JdbcTenants;
import dev.muster.jdbc.update.JdbcNudges;
import dev.muster.ports.out.job.JobStorage;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database for a test class, emptied before each test. */
public final class JdbcJobStorage
    implements JobStorage, BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private @Nullable TestDatabase opened;

  @Override
  public void beforeAll(ExtensionContext context) {
    opened = TestDatabase.open();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    database()
        .asSuperuser()
        .useHandle(handle ->
            handle.execute(
                """
                TRUNCATE jobs, job_attempts, job_logs, agents, queue_counts, update_nudges CASCADE;
                DELETE FROM tenant_counters WHERE max_running > 0;
                DELETE FROM tenants WHERE slug <> 'system';
                """));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database().close();
  }

  /** The database. */
  public TestDatabase database() {
    if (opened == null) {
      throw new IllegalStateException("no test is running");
    }
    return opened;
  }

  @Override
  public JdbcTransactions transactions() {
    return database().transactions();
  }

  @Override
  public JdbcIntake intake() {
    return new JdbcIntake(transactions());
  }

  @Override
  public JdbcJobs jobs() {
    return new JdbcJobs(transactions(), now::get);
  }

  @Override
  public JdbcEndedJobs ended() {
    return new JdbcEndedJobs(transactions());
  }

  @Override
  public JdbcJobBatches batches() {
    return new JdbcJobBatches(transactions(), now::get);
  }

  @Override
  public JdbcJobLogs logs(LogLimit limit) {
    return new JdbcJobLogs(transactions(), limit);
  }

  @Override
  public JdbcJobDirectory directory() {
    return new JdbcJobDirectory(transactions());
  }

  @Override
  public JdbcLeases leases() {
    return new JdbcLeases(transactions());
  }

  @Override
  public JdbcJobQueue queue() {
    return new JdbcJobQueue(transactions());
  }

  @Override
  public JdbcQueueStatistics statistics() {
    return new JdbcQueueStatistics(transactions());
  }

  @Override
  public JdbcQueueSnapshots snapshots() {
    return new JdbcQueueSnapshots(transactions());
  }

  @Override
  public JdbcAgentNews news() {
    return new JdbcAgentNews(transactions());
  }

  @Override
  public JdbcNudges nudges() {
    return new JdbcNudges(transactions());
  }

  @Override
  public JdbcAgents agents() {
    return new JdbcAgents(transactions());
  }

  @Override
  public JdbcInlineAgents inlineAgents() {
    return new JdbcInlineAgents(transactions());
  }

  @Override
  public void setTime(Instant moment) {
    now.set(moment);
  }

  @Override
  public void add(Tenant tenant) {
    new JdbcTenants(transactions()).add(tenant);
  }

  @Override
  public void replace(Tenant tenant) {
    new JdbcTenants(transactions()).replace(tenant);
  }

  @Override
  public void add(Agent agent) {
    agents().add(agent.tenant(), agent);
  }

  @Override
  public void steer(
      Agent agent, boolean enabled, boolean draining, @Nullable AgentControl control) {
    agents().steer(agent.tenant(), agent.id(), enabled, draining, control);
  }
}
