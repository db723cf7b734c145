package dev.muster.ports.out.job;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.job.LogLimit;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.InlineAgents;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.JobQueue;
import dev.muster.ports.out.scheduling.QueueSnapshots;
import dev.muster.ports.out.scheduling.QueueStatistics;
import dev.muster.ports.out.update.Nudges;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A storage in memory for one test of a contract. */
public final class InMemoryJobStorage implements JobStorage {
  private final InMemoryPorts ports = new InMemoryPorts(Instant.EPOCH);

  @Override
  public Transactions transactions() {
    return ports.transactions();
  }

  @Override
  public Intake intake() {
    return ports.intake();
  }

  @Override
  public Jobs jobs() {
    return ports.jobs();
  }

  @Override
  public EndedJobs ended() {
    return ports.endedJobs();
  }

  @Override
  public JobBatches batches() {
    return ports.jobBatches();
  }

  @Override
  public JobLogs logs(LogLimit limit) {
    return ports.jobLogs(limit);
  }

  @Override
  public JobDirectory directory() {
    return ports.jobDirectory();
  }

  @Override
  public Leases leases() {
    return ports.leases();
  }

  @Override
  public JobQueue queue() {
    return ports.jobQueue();
  }

  @Override
  public QueueStatistics statistics() {
    return ports.queueStatistics();
  }

  @Override
  public QueueSnapshots snapshots() {
    return ports.queueSnapshots();
  }

  @Override
  public AgentNews news() {
    return ports.agentNews();
  }

  @Override
  public Nudges nudges() {
    return ports.nudges();
  }

  @Override
  public Agents agents() {
    return ports.agents();
  }

  @Override
  public InlineAgents inlineAgents() {
    return ports.inlineAgents();
  }

  @Override
  public void setTime(Instant now) {
    ports.clock().set(now);
  }

  @Override
  public void add(Tenant tenant) {
    ports.tenants().add(tenant);
  }

  @Override
  public void replace(Tenant tenant) {
    ports.tenants().replace(tenant);
  }

  @Override
  public void add(Agent agent) {
    ports.agents().add(agent.tenant(), agent);
  }

  @Override
  public void steer(
      Agent agent, boolean enabled, boolean draining, @Nullable AgentControl control) {
    ports.agents().steer(agent.tenant(), agent.id(), enabled, draining, control);
  }
}
