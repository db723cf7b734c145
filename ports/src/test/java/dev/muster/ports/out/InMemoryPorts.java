package dev.muster.ports.out;

import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLimit;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.out.access.InMemoryCommandNonces;
import dev.muster.ports.out.access.InMemoryIdempotencyKeys;
import dev.muster.ports.out.access.InMemoryRequestAllowances;
import dev.muster.ports.out.access.InMemoryUserTokens;
import dev.muster.ports.out.access.InMemoryUsers;
import dev.muster.ports.out.audit.InMemoryAuditChains;
import dev.muster.ports.out.audit.InMemoryAuditLog;
import dev.muster.ports.out.credential.InMemorySealedStore;
import dev.muster.ports.out.enrolment.InMemoryAgentTokens;
import dev.muster.ports.out.enrolment.InMemoryAttempts;
import dev.muster.ports.out.enrolment.InMemoryEnrolmentTokens;
import dev.muster.ports.out.enrolment.InMemoryNamedAgents;
import dev.muster.ports.out.enrolment.InMemoryRegistrations;
import dev.muster.ports.out.enrolment.InMemorySharedAgentPools;
import dev.muster.ports.out.fleet.InMemoryAgentGrants;
import dev.muster.ports.out.fleet.InMemoryAgentKeys;
import dev.muster.ports.out.fleet.InMemoryAgents;
import dev.muster.ports.out.fleet.InMemoryInlineAgents;
import dev.muster.ports.out.fleet.InMemorySafeguards;
import dev.muster.ports.out.fleet.InMemorySigningSecrets;
import dev.muster.ports.out.fleet.InMemoryWorkers;
import dev.muster.ports.out.job.InMemoryEndedJobs;
import dev.muster.ports.out.job.InMemoryIntake;
import dev.muster.ports.out.job.InMemoryJobBatches;
import dev.muster.ports.out.job.InMemoryJobDirectory;
import dev.muster.ports.out.job.InMemoryJobLogs;
import dev.muster.ports.out.job.InMemoryJobTable;
import dev.muster.ports.out.job.InMemoryJobs;
import dev.muster.ports.out.job.InMemoryLeases;
import dev.muster.ports.out.job.InMemoryStandings;
import dev.muster.ports.out.scheduling.InMemoryAgentNews;
import dev.muster.ports.out.scheduling.InMemoryJobQueue;
import dev.muster.ports.out.scheduling.InMemoryQueueSnapshots;
import dev.muster.ports.out.scheduling.InMemoryQueueStatistics;
import dev.muster.ports.out.scheduling.InMemoryWakeups;
import dev.muster.ports.out.tenancy.InMemoryPlans;
import dev.muster.ports.out.tenancy.InMemoryTenants;
import dev.muster.ports.out.update.InMemoryNudges;
import dev.muster.ports.out.update.InMemoryReleases;
import java.time.Instant;

/** All outbound ports over one storage in memory, with a clock that stands still. */
public final class InMemoryPorts {
  private final InMemoryStorage storage = new InMemoryStorage();
  private final SettableClock clock;
  private final InMemoryPlans plans = new InMemoryPlans(storage);
  private final InMemoryTenants tenants = new InMemoryTenants(storage);
  private final InMemoryUsers users = new InMemoryUsers(storage);
  private final InMemoryUserTokens userTokens = new InMemoryUserTokens(storage, users);
  private final InMemoryIdempotencyKeys idempotencyKeys = new InMemoryIdempotencyKeys(storage);
  private final InMemoryAuditLog auditLog = new InMemoryAuditLog(storage);
  private final InMemoryAuditChains auditChains =
      new InMemoryAuditChains(storage, auditLog, tenants);
  private final InMemoryAgents agents = new InMemoryAgents(storage);
  private final InMemoryInlineAgents inlineAgents =
      new InMemoryInlineAgents(storage, agents, this::isAnybodyInline);
  private final InMemoryWorkers workers = new InMemoryWorkers(storage, agents, tenants);
  private final InMemoryAgentGrants agentGrants = new InMemoryAgentGrants(storage, agents);
  private final InMemoryAgentKeys agentKeys = new InMemoryAgentKeys(storage, agents, agentGrants);
  private final InMemorySafeguards safeguards = new InMemorySafeguards(storage, agents);
  private final InMemorySigningSecrets signingSecrets = new InMemorySigningSecrets(storage, agents);
  private final InMemoryCommandNonces commandNonces;
  private final InMemoryRequestAllowances requestAllowances;
  private final InMemoryEnrolmentTokens enrolmentTokens =
      new InMemoryEnrolmentTokens(storage, agents);
  private final InMemoryAttempts attempts = new InMemoryAttempts(storage);
  private final InMemoryRegistrations registrations = new InMemoryRegistrations(storage, agents);
  private final InMemoryReleases releases = new InMemoryReleases(storage);
  private final InMemoryNudges nudges = new InMemoryNudges(storage, agents, agentKeys, releases);
  private final InMemorySealedStore sealedStore = new InMemorySealedStore(storage);
  private final InMemoryAgentTokens agentTokens = new InMemoryAgentTokens(storage);
  private final InMemoryNamedAgents namedAgents =
      new InMemoryNamedAgents(storage, agents, agentKeys);
  private final InMemorySharedAgentPools sharedAgentPools =
      new InMemorySharedAgentPools(storage, namedAgents);
  private final InMemoryJobTable table = new InMemoryJobTable(storage);
  private final InMemoryIntake intake = new InMemoryIntake(storage, table, tenants, plans);
  private final InMemoryJobs jobs;
  private final InMemoryJobBatches jobBatches;
  private final InMemoryEndedJobs endedJobs = new InMemoryEndedJobs(storage, table, tenants, plans);
  private final InMemoryJobLogs jobLogs;
  private final InMemoryLeases leases = new InMemoryLeases(storage, table);
  private final InMemoryJobDirectory jobDirectory = new InMemoryJobDirectory(storage, table);
  private final InMemoryJobQueue jobQueue =
      new InMemoryJobQueue(storage, table, agents, tenants, plans);
  private final InMemoryQueueStatistics queueStatistics =
      new InMemoryQueueStatistics(storage, table, tenants, plans);
  private final InMemoryQueueSnapshots queueSnapshots =
      new InMemoryQueueSnapshots(storage, table, agents);
  private final InMemoryAgentNews agentNews = new InMemoryAgentNews(storage, agents, table, nudges);
  private final InMemoryWakeups wakeups = new InMemoryWakeups(storage);
  private final InMemorySweepTurns sweepTurns = new InMemorySweepTurns(storage);

  /** Empty, at a moment. */
  public InMemoryPorts(Instant start) {
    clock = new SettableClock(start);
    commandNonces = new InMemoryCommandNonces(storage, clock);
    requestAllowances = new InMemoryRequestAllowances(storage, clock);
    jobs = new InMemoryJobs(storage, table, tenants, plans, clock);
    jobBatches =
        new InMemoryJobBatches(storage, table, new InMemoryStandings(table, tenants, plans), clock);
    jobLogs = new InMemoryJobLogs(storage, jobs);
    agents.countLeasesBy(agent -> (int) table.leasedTo(agent).count());
  }

  /** Its transactions. */
  public InMemoryStorage transactions() {
    return storage;
  }

  /** Its clock. */
  public SettableClock clock() {
    return clock;
  }

  /** Its releases, their artifacts, and what agents made of them. */
  public InMemoryReleases releases() {
    return releases;
  }

  /** Who is to be told to look for a release. */
  public InMemoryNudges nudges() {
    return nudges;
  }

  /** Its sealed values. */
  public InMemorySealedStore sealedStore() {
    return sealedStore;
  }

  /** Its plans. */
  public InMemoryPlans plans() {
    return plans;
  }

  /** Its tenants. */
  public InMemoryTenants tenants() {
    return tenants;
  }

  /** Its users. */
  public InMemoryUsers users() {
    return users;
  }

  /** Its users' tokens. */
  public InMemoryUserTokens userTokens() {
    return userTokens;
  }

  /** Its answers to requests that may be repeated. */
  public InMemoryIdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }

  /** Its audit log, and that of all tenants. */
  public InMemoryAuditLog auditLog() {
    return auditLog;
  }

  /** The chains of its audit logs, and how long these are kept. */
  public InMemoryAuditChains auditChains() {
    return auditChains;
  }

  /** Its agents. */
  public InMemoryAgents agents() {
    return agents;
  }

  /** The workers within its replicas. */
  public InMemoryInlineAgents inlineAgents() {
    return inlineAgents;
  }

  /** Its agents that are connected, and those of all tenants. */
  public InMemoryWorkers workers() {
    return workers;
  }

  /** Its agents' keys, and finding agents by them. */
  public InMemoryAgentKeys agentKeys() {
    return agentKeys;
  }

  /** What its agents were granted. */
  public InMemoryAgentGrants agentGrants() {
    return agentGrants;
  }

  /** What is asked of its agents. */
  public InMemorySafeguards safeguards() {
    return safeguards;
  }

  /** What its agents sign with. */
  public InMemorySigningSecrets signingSecrets() {
    return signingSecrets;
  }

  /** The nonces of its signed requests. */
  public InMemoryCommandNonces commandNonces() {
    return commandNonces;
  }

  /** How often each of its credentials may still call. */
  public InMemoryRequestAllowances requestAllowances() {
    return requestAllowances;
  }

  /** Its enrolment tokens, and finding them by their hashes. */
  public InMemoryEnrolmentTokens enrolmentTokens() {
    return enrolmentTokens;
  }

  /** Its attempts to join. */
  public InMemoryAttempts attempts() {
    return attempts;
  }

  /** Who joined it under which registration id. */
  public InMemoryRegistrations registrations() {
    return registrations;
  }

  /** Its agent tokens, and finding them by their hashes. */
  public InMemoryAgentTokens agentTokens() {
    return agentTokens;
  }

  /** Its agents that come by name. */
  public InMemoryNamedAgents namedAgents() {
    return namedAgents;
  }

  /** Its pool of shared agents. */
  public InMemorySharedAgentPools sharedAgentPools() {
    return sharedAgentPools;
  }

  /** Where its new jobs enter. */
  public InMemoryIntake intake() {
    return intake;
  }

  /** Its jobs. */
  public InMemoryJobs jobs() {
    return jobs;
  }

  /** Its ended jobs, many at once. */
  public InMemoryEndedJobs endedJobs() {
    return endedJobs;
  }

  /** Its jobs, many at once. */
  public InMemoryJobBatches jobBatches() {
    return jobBatches;
  }

  /** Its logs. */
  public InMemoryJobLogs jobLogs() {
    return jobLogs;
  }

  /** Its logs, each as long as this. */
  public InMemoryJobLogs jobLogs(LogLimit limit) {
    return jobLogs.within(limit);
  }

  /** Its leases. */
  public InMemoryLeases leases() {
    return leases;
  }

  /** Its jobs over all tenants. */
  public InMemoryJobDirectory jobDirectory() {
    return jobDirectory;
  }

  /** Its queue. */
  public InMemoryJobQueue jobQueue() {
    return jobQueue;
  }

  /** Its numbers over the queue. */
  public InMemoryQueueStatistics queueStatistics() {
    return queueStatistics;
  }

  /** Its queue and fleet, one by one. */
  public InMemoryQueueSnapshots queueSnapshots() {
    return queueSnapshots;
  }

  /** Its news. */
  public InMemoryAgentNews agentNews() {
    return agentNews;
  }

  /** Its wake-ups. */
  public InMemoryWakeups wakeups() {
    return wakeups;
  }

  /** Its turns. */
  public InMemorySweepTurns sweepTurns() {
    return sweepTurns;
  }

  private boolean isAnybodyInline() {
    return tenants.all().anyMatch(tenant -> tenant.workerMode() == WorkerMode.INLINE)
        || table
            .all()
            .map(InMemoryJobTable.Row::job)
            .anyMatch(
                job -> job.status() == JobStatus.QUEUED && Placement.isInline(job.workerType()));
  }
}
