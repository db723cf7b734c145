package dev.muster.ports.out.job;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.job.LogLimit;
import dev.muster.domain.tenancy.Tenant;
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

/**
 * A storage under contract, without any job at the beginning of a test. Plans are as on a new
 * installation.
 */
public interface JobStorage {
  /** Its transactions. */
  Transactions transactions();

  /** Where its new jobs enter. */
  Intake intake();

  /** Its jobs. */
  Jobs jobs();

  /** Its ended jobs. */
  EndedJobs ended();

  /** Its jobs, many at once. */
  JobBatches batches();

  /** Its logs, each as long as this. */
  JobLogs logs(LogLimit limit);

  /** Its logs, as long as anybody may want. */
  default JobLogs logs() {
    return logs(LogLimit.DEFAULT);
  }

  /** Its directory. */
  JobDirectory directory();

  /** Its leases. */
  Leases leases();

  /** Its queue. */
  JobQueue queue();

  /** Its numbers over the queue. */
  QueueStatistics statistics();

  /** Its queue and fleet, one by one. */
  QueueSnapshots snapshots();

  /** Its news. */
  AgentNews news();

  /** Who is to be told to look for a release. */
  Nudges nudges();

  /** Its agents. */
  Agents agents();

  /** The workers within its replicas. */
  InlineAgents inlineAgents();

  /** Sets the clock by which jobs are due as they are queued. */
  void setTime(Instant now);

  /** Adds a tenant. */
  void add(Tenant tenant);

  /** Replaces a tenant. */
  void replace(Tenant tenant);

  /** Adds an agent. */
  void add(Agent agent);

  /** Sets whether an agent may work, and what it is to be told. */
  void steer(Agent agent, boolean enabled, boolean draining, @Nullable AgentControl control);
}
