package dev.muster.server.running;

import dev.muster.domain.job.LogLimit;
import dev.muster.jdbc.JdbcDatabase;
import dev.muster.jdbc.JdbcSweepTurns;
import dev.muster.jdbc.access.JdbcCommandNonces;
import dev.muster.jdbc.access.JdbcGatheredAllowances;
import dev.muster.jdbc.access.JdbcIdempotencyKeys;
import dev.muster.jdbc.access.JdbcRequestAllowances;
import dev.muster.jdbc.access.JdbcUserTokens;
import dev.muster.jdbc.access.JdbcUsers;
import dev.muster.jdbc.audit.JdbcAuditChains;
import dev.muster.jdbc.audit.JdbcAuditLog;
import dev.muster.jdbc.audit.JdbcAuditRetentions;
import dev.muster.jdbc.credential.JdbcSealedStore;
import dev.muster.jdbc.enrolment.JdbcAgentTokens;
import dev.muster.jdbc.enrolment.JdbcAttempts;
import dev.muster.jdbc.enrolment.JdbcEnrolmentTokens;
import dev.muster.jdbc.enrolment.JdbcNamedAgents;
import dev.muster.jdbc.enrolment.JdbcRegistrations;
import dev.muster.jdbc.enrolment.JdbcSharedAgentPools;
import dev.muster.jdbc.fleet.JdbcAgentGrants;
import dev.muster.jdbc.fleet.JdbcAgentKeys;
import dev.muster.jdbc.fleet.JdbcAgentLogins;
import dev.muster.jdbc.fleet.JdbcAgents;
import dev.muster.jdbc.fleet.JdbcInlineAgents;
import dev.muster.jdbc.fleet.JdbcSafeguards;
import dev.muster.jdbc.fleet.JdbcSightings;
import dev.muster.jdbc.fleet.JdbcSigningSecrets;
import dev.muster.jdbc.fleet.JdbcWorkers;
import dev.muster.jdbc.job.JdbcEndedJobs;
import dev.muster.jdbc.job.JdbcIntake;
import dev.muster.jdbc.job.JdbcJobBatches;
import dev.muster.jdbc.job.JdbcJobDirectory;
import dev.muster.jdbc.job.JdbcJobLogs;
import dev.muster.jdbc.job.JdbcJobs;
import dev.muster.jdbc.job.JdbcLeases;
import dev.muster.jdbc.scheduling.JdbcAgentNews;
import dev.muster.jdbc.scheduling.JdbcJobQueue;
import dev.muster.jdbc.scheduling.JdbcQueueSnapshots;
import dev.muster.jdbc.scheduling.JdbcQueueStatistics;
import dev.muster.jdbc.tenancy.JdbcPlans;
import dev.muster.jdbc.tenancy.JdbcTenants;
import dev.muster.jdbc.update.JdbcAgentUpdateLog;
import dev.muster.jdbc.update.JdbcArtifacts;
import dev.muster.jdbc.update.JdbcNudges;
import dev.muster.jdbc.update.JdbcReleases;
import dev.muster.ports.out.SweepTurns;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.CommandNonces;
import dev.muster.ports.out.access.ExpiredKeys;
import dev.muster.ports.out.access.GatheredAllowances;
import dev.muster.ports.out.access.IdempotencyKeys;
import dev.muster.ports.out.access.QuietCallers;
import dev.muster.ports.out.access.RequestAllowances;
import dev.muster.ports.out.access.UserTokens;
import dev.muster.ports.out.access.Users;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.audit.AuditChains;
import dev.muster.ports.out.audit.AuditLog;
import dev.muster.ports.out.audit.AuditRetentions;
import dev.muster.ports.out.credential.SealedStore;
import dev.muster.ports.out.enrolment.AgentTokenLookup;
import dev.muster.ports.out.enrolment.AgentTokens;
import dev.muster.ports.out.enrolment.Attempts;
import dev.muster.ports.out.enrolment.EnrolmentTokenLookup;
import dev.muster.ports.out.enrolment.EnrolmentTokens;
import dev.muster.ports.out.enrolment.NamedAgents;
import dev.muster.ports.out.enrolment.Registrations;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import dev.muster.ports.out.fleet.AgentGrants;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.InlineAgents;
import dev.muster.ports.out.fleet.Safeguards;
import dev.muster.ports.out.fleet.Sightings;
import dev.muster.ports.out.fleet.SigningSecrets;
import dev.muster.ports.out.fleet.WorkerDirectory;
import dev.muster.ports.out.fleet.Workers;
import dev.muster.ports.out.job.EndedJobs;
import dev.muster.ports.out.job.Intake;
import dev.muster.ports.out.job.JobBatches;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.JobLogs;
import dev.muster.ports.out.job.Jobs;
import dev.muster.ports.out.job.Leases;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.JobQueue;
import dev.muster.ports.out.scheduling.QueueSnapshots;
import dev.muster.ports.out.scheduling.QueueStatistics;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.out.update.AgentUpdateLog;
import dev.muster.ports.out.update.Artifacts;
import dev.muster.ports.out.update.Nudges;
import dev.muster.ports.out.update.Releases;
import java.time.Duration;
import java.time.InstantSource;

/** Every outbound port with its version over JDBC. */
record Repositories(
    Transactions transactions,
    InstantSource clock,
    SweepTurns sweepTurns,
    Tenants tenants,
    Plans plans,
    Users users,
    UserTokens userTokens,
    IdempotencyKeys idempotencyKeys,
    ExpiredKeys expiredKeys,
    Agents agents,
    Sightings sightings,
    Workers workers,
    WorkerDirectory workerDirectory,
    AgentKeys agentKeys,
    AgentGrants agentGrants,
    AgentLogins agentLogins,
    InlineAgents inlineAgents,
    SealedStore sealedStore,
    Releases releases,
    Artifacts artifacts,
    AgentUpdateLog agentUpdateLog,
    Nudges nudges,
    Safeguards safeguards,
    SigningSecrets signingSecrets,
    CommandNonces commandNonces,
    GatheredAllowances gatheredAllowances,
    RequestAllowances requestAllowances,
    QuietCallers quietCallers,
    EnrolmentTokens enrolmentTokens,
    EnrolmentTokenLookup enrolmentTokenLookup,
    Attempts attempts,
    Registrations registrations,
    AgentTokens agentTokens,
    AgentTokenLookup agentTokenLookup,
    NamedAgents namedAgents,
    SharedAgentPools sharedAgentPools,
    Intake intake,
    Jobs jobs,
    EndedJobs endedJobs,
    JobBatches jobBatches,
    JobLogs jobLogs,
    JobDirectory jobDirectory,
    Leases leases,
    JobQueue jobQueue,
    QueueStatistics queueStatistics,
    QueueSnapshots queueSnapshots,
    AgentNews agentNews,
    Wakeups wakeups,
    AuditLog auditLog,
    AuditArchive auditArchive,
    AuditChains auditChains,
    AuditRetentions auditRetentions) {

  /**
   * All of them in a database.
   *
   * @param replica what this server is called
   * @param lease who pauses for so long has gone
   */
  static Repositories in(JdbcDatabase database, Wakeups wakeups, String replica, Duration lease) {
    var transactions = database.transactions();
    var clock = database.clock();
    var idempotency = new JdbcIdempotencyKeys(transactions);
    var audit = new JdbcAuditLog(transactions);
    var enrolment = new JdbcEnrolmentTokens(transactions);
    var agentTokens = new JdbcAgentTokens(transactions);
    var allowances = new JdbcRequestAllowances(transactions);
    var workers = new JdbcWorkers(transactions);
    return new Repositories(
        transactions,
        clock,
        new JdbcSweepTurns(transactions),
        new JdbcTenants(transactions),
        new JdbcPlans(transactions),
        new JdbcUsers(transactions),
        new JdbcUserTokens(transactions),
        idempotency,
        idempotency,
        new JdbcAgents(transactions),
        new JdbcSightings(transactions, replica, lease),
        workers,
        workers,
        new JdbcAgentKeys(transactions),
        new JdbcAgentGrants(transactions),
        new JdbcAgentLogins(transactions),
        new JdbcInlineAgents(transactions),
        new JdbcSealedStore(transactions),
        new JdbcReleases(transactions),
        new JdbcArtifacts(transactions),
        new JdbcAgentUpdateLog(transactions),
        new JdbcNudges(transactions),
        new JdbcSafeguards(transactions),
        new JdbcSigningSecrets(transactions),
        new JdbcCommandNonces(transactions),
        new JdbcGatheredAllowances(transactions),
        allowances,
        allowances,
        enrolment,
        enrolment,
        new JdbcAttempts(transactions),
        new JdbcRegistrations(transactions),
        agentTokens,
        agentTokens,
        new JdbcNamedAgents(transactions),
        new JdbcSharedAgentPools(transactions),
        new JdbcIntake(transactions),
        new JdbcJobs(transactions, clock),
        new JdbcEndedJobs(transactions),
        new JdbcJobBatches(transactions, clock),
        new JdbcJobLogs(transactions, LogLimit.DEFAULT),
        new JdbcJobDirectory(transactions),
        new JdbcLeases(transactions),
        new JdbcJobQueue(transactions),
        new JdbcQueueStatistics(transactions),
        new JdbcQueueSnapshots(transactions),
        new JdbcAgentNews(transactions),
        wakeups,
        audit,
        audit,
        new JdbcAuditChains(transactions),
        new JdbcAuditRetentions(transactions));
  }
}
