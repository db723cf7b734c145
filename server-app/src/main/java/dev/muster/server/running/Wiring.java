package dev.muster.server.running;

import dev.muster.application.access.AccessService;
import dev.muster.application.access.ExpiredRecords;
import dev.muster.application.access.GateService;
import dev.muster.application.access.IdempotencyService;
import dev.muster.application.access.OperatorService;
import dev.muster.application.access.UserService;
import dev.muster.application.audit.AuditKeepingService;
import dev.muster.application.audit.AuditQueryService;
import dev.muster.application.audit.AuditRetentionService;
import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.ReadAuditService;
import dev.muster.application.credential.Resealing;
import dev.muster.application.credential.Secrets;
import dev.muster.application.fleet.AgentCredentialService;
import dev.muster.application.fleet.AgentGrantService;
import dev.muster.application.fleet.AgentSafeguardService;
import dev.muster.application.fleet.AgentService;
import dev.muster.application.fleet.PresenceService;
import dev.muster.application.fleet.SigningRenewalService;
import dev.muster.application.fleet.Withdrawal;
import dev.muster.application.fleet.WorkerQueryService;
import dev.muster.application.identity.Ids;
import dev.muster.application.job.BulkRetryService;
import dev.muster.application.job.FreeAgents;
import dev.muster.application.job.JobChanges;
import dev.muster.application.job.JobControlService;
import dev.muster.application.job.JobExplanationService;
import dev.muster.application.job.JobQueryService;
import dev.muster.application.job.JobSubmissionService;
import dev.muster.application.job.OwnDecisions;
import dev.muster.application.scheduling.DispatchService;
import dev.muster.application.scheduling.LeasedJobTokenService;
import dev.muster.application.scheduling.QueueCounts;
import dev.muster.application.scheduling.QueueOverviewService;
import dev.muster.application.scheduling.ReportingService;
import dev.muster.application.scheduling.SimulationService;
import dev.muster.application.scheduling.SweepService;
import dev.muster.application.scheduling.WorldReading;
import dev.muster.application.tenancy.PlanService;
import dev.muster.application.tenancy.TenantService;
import dev.muster.application.update.Calling;
import dev.muster.application.update.ReleaseService;
import dev.muster.application.update.UpdateOfferService;
import dev.muster.domain.credential.AuditSignatures;
import dev.muster.domain.credential.MasterKeys;
import dev.muster.ports.in.access.IdempotentRequests;
import dev.muster.ports.in.access.OperatorAccounts;
import dev.muster.ports.in.access.UserAdministration;
import dev.muster.ports.in.audit.AuditKeeping;
import dev.muster.ports.in.audit.AuditQueries;
import dev.muster.ports.in.audit.AuditRetentionAdministration;
import dev.muster.ports.in.audit.ReadAudit;
import dev.muster.ports.in.fleet.AgentAdministration;
import dev.muster.ports.in.fleet.AgentCredentials;
import dev.muster.ports.in.fleet.AgentGranting;
import dev.muster.ports.in.fleet.AgentSafeguards;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.fleet.SigningRenewal;
import dev.muster.ports.in.fleet.WorkerQueries;
import dev.muster.ports.in.job.BulkRetry;
import dev.muster.ports.in.job.JobControl;
import dev.muster.ports.in.job.JobExplanations;
import dev.muster.ports.in.job.JobQueries;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.ports.in.scheduling.LeasedJobTokens;
import dev.muster.ports.in.scheduling.QueueOverview;
import dev.muster.ports.in.scheduling.SchedulerSimulation;
import dev.muster.ports.in.scheduling.Sweeps;
import dev.muster.ports.in.tenancy.PlanAdministration;
import dev.muster.ports.in.tenancy.TenantAdministration;
import dev.muster.ports.in.update.AgentUpdates;
import dev.muster.ports.in.update.ReleaseAdministration;
import dev.muster.server.configuration.ServerConfiguration;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;

/** The whole server, put together by hand: which service gets which repositories. */
final class Wiring {
  /** How long a job waits for an agent of its preferred region. */
  private static final Duration REGION_PATIENCE = Duration.ofSeconds(30);

  private final Repositories in;
  private final ServerConfiguration configuration;
  private final SecureRandom random = new SecureRandom();
  private final Ids ids;
  private final Secrets secrets;
  private final Auditing auditing;
  private final AuditSignatures signatures;
  private final JobChanges changes;
  private final OwnDecisions decisions;
  private final Withdrawal withdrawal;
  private final EnrolmentWiring joining;

  Wiring(Repositories repositories, ServerConfiguration configuration, MasterKeys masterKeys) {
    this.in = repositories;
    this.configuration = configuration;
    this.ids = new Ids(in.clock(), random);
    this.secrets = new Secrets(random, masterKeys);
    this.signatures = new AuditSignatures(masterKeys);
    this.auditing =
        new Auditing(in.auditLog(), in.auditArchive(), in.transactions(), in.clock(), ids);
    this.changes = new JobChanges(in.jobBatches(), in.wakeups(), auditing);
    this.decisions = new OwnDecisions(in.transactions(), in.jobBatches(), changes, in.clock());
    this.withdrawal = new Withdrawal(in.transactions(), in.jobDirectory(), decisions);
    this.joining = new EnrolmentWiring(in, configuration, secrets, ids, auditing, withdrawal);
  }

  private Duration lease() {
    return configuration.jobs().lease();
  }

  /** Remembers and counts: made once, and woken. */
  GateService gate() {
    return new GateService(
        in.transactions(),
        new GateService.Stores(
            in.tenants(),
            in.safeguards(),
            in.signingSecrets(),
            in.commandNonces(),
            in.gatheredAllowances(),
            in.requestAllowances()),
        secrets,
        auditing,
        in.clock(),
        new GateService.Counting(configuration.access().requestsPerMinute(), System::nanoTime));
  }

  AccessService access(GateService gate) {
    return new AccessService(
        in.transactions(),
        new AccessService.Logins(
            in.userTokens(),
            in.agentLogins(),
            in.jobDirectory(),
            in.agentKeys(),
            joining.namedCallers()),
        in.sightings(),
        secrets,
        auditing,
        in.clock(),
        gate,
        lease());
  }

  IdempotentRequests idempotentRequests() {
    return new IdempotencyService(in.transactions(), in.idempotencyKeys(), in.clock());
  }

  UserAdministration users() {
    return new UserService(
        in.transactions(),
        in.users(),
        in.userTokens(),
        in.wakeups(),
        in.tenants(),
        secrets,
        auditing,
        in.clock(),
        ids);
  }

  OperatorAccounts operators() {
    return new OperatorService(
        in.transactions(),
        in.users(),
        in.userTokens(),
        in.wakeups(),
        secrets,
        auditing,
        in.clock(),
        ids);
  }

  TenantAdministration tenants() {
    return new TenantService(
        in.transactions(), in.tenants(), in.wakeups(), auditing, in.clock(), ids);
  }

  PlanAdministration plans() {
    return new PlanService(in.transactions(), in.plans(), in.wakeups(), auditing);
  }

  /** The ways in which agents join. */
  EnrolmentWiring joining() {
    return joining;
  }

  AgentAdministration agents() {
    return new AgentService(
        in.transactions(), in.agents(), withdrawal, in.wakeups(), auditing, in.clock(), lease());
  }

  AgentCredentials agentCredentials() {
    return new AgentCredentialService(
        in.transactions(),
        new AgentCredentialService.Stores(in.agents(), in.agentKeys(), in.agentGrants()),
        withdrawal,
        in.wakeups(),
        secrets,
        auditing,
        in.clock());
  }

  AgentSafeguards safeguards() {
    return new AgentSafeguardService(
        in.transactions(),
        new AgentSafeguardService.Ground(
            in.safeguards(), in.signingSecrets(), configuration.access().requestsPerMinute()),
        in.wakeups(),
        secrets,
        auditing,
        in.clock());
  }

  AgentGranting agentGranting() {
    return new AgentGrantService(
        in.transactions(), in.agents(), in.agentGrants(), in.wakeups(), auditing, in.clock());
  }

  ReleaseAdministration releases() {
    return new ReleaseService(
        in.transactions(),
        in.releases(),
        in.artifacts(),
        new Calling(in.nudges(), random),
        auditing,
        in.clock(),
        ids);
  }

  AgentUpdates updates() {
    return new UpdateOfferService(
        in.transactions(),
        new UpdateOfferService.Stores(
            in.releases(), in.artifacts(), in.agentUpdateLog(), in.agents(), in.agentKeys()),
        new Calling(in.nudges(), random),
        secrets,
        auditing,
        in.clock());
  }

  SigningRenewal renewal() {
    return new SigningRenewalService(
        in.transactions(),
        in.safeguards(),
        in.signingSecrets(),
        in.wakeups(),
        secrets,
        auditing,
        in.clock());
  }

  Presence presence() {
    return new PresenceService(in.sightings(), in.leases(), withdrawal, in.clock(), lease());
  }

  WorkerQueries workers() {
    return new WorkerQueryService(
        in.transactions(), in.workers(), in.workerDirectory(), in.clock(), lease());
  }

  JobSubmission submission() {
    FreeAgents freeAgents =
        new FreeAgents(in.transactions(), in.jobQueue(), lease(), REGION_PATIENCE);
    return new JobSubmissionService(
        in.transactions(),
        new JobSubmissionService.Queue(
            in.tenants(), in.intake(), in.jobDirectory(), freeAgents, in.wakeups()),
        secrets,
        auditing,
        in.clock(),
        ids);
  }

  JobQueries jobs() {
    return new JobQueryService(
        in.transactions(), in.jobs(), in.jobLogs(), in.jobDirectory(), in.clock());
  }

  JobControl jobControl() {
    return new JobControlService(
        in.transactions(),
        in.jobs(),
        in.jobDirectory(),
        changes,
        in.wakeups(),
        auditing,
        in.clock());
  }

  BulkRetry bulkRetry() {
    return new BulkRetryService(
        in.transactions(), in.endedJobs(), in.jobDirectory(), in.wakeups(), auditing, in.clock());
  }

  JobExplanations explanations() {
    return new JobExplanationService(
        in.transactions(),
        in.jobs(),
        in.jobDirectory(),
        in.tenants(),
        in.jobQueue(),
        in.clock(),
        lease(),
        REGION_PATIENCE);
  }

  LeasedJobTokens leasedJobTokens() {
    return new LeasedJobTokenService(secrets);
  }

  /** Has a loop of its own: made once, started, and closed. */
  DispatchService dispatch() {
    return new DispatchService(
        in.transactions(),
        new DispatchService.Queue(in.jobQueue(), in.agentNews()),
        auditing,
        in.clock(),
        random,
        new DispatchService.Policy(lease(), REGION_PATIENCE, configuration.jobs().fairnessSlack()));
  }

  JobReporting reporting() {
    return new ReportingService(
        in.transactions(), in.jobBatches(), in.jobLogs(), changes, in.clock(), random);
  }

  Sweeps sweeps() {
    return new SweepService(
        in.sweepTurns(),
        new SweepService.Stores(
            in.jobDirectory(),
            in.agentLogins(),
            in.inlineAgents(),
            new ExpiredRecords(in.expiredKeys(), in.commandNonces(), in.quietCallers()),
            in.auditArchive(),
            queueCounts(),
            new Resealing(in.sweepTurns(), in.sealedStore(), secrets, auditing),
            in.artifacts()),
        decisions,
        in.wakeups(),
        auditing,
        in.clock(),
        new SweepService.Durations(lease(), configuration.jobs().retention()));
  }

  private QueueCounts queueCounts() {
    return new QueueCounts(
        in.queueStatistics(), in.sweepTurns(), in.clock(), QueueCounts.SHORT_QUEUE);
  }

  QueueOverview queueOverview() {
    return new QueueOverviewService(
        in.transactions(), in.queueStatistics(), queueCounts(), in.clock());
  }

  /** One for all callers: it answers one question at a time. */
  SchedulerSimulation simulation() {
    return new SimulationService(
        new WorldReading(
            in.transactions(),
            in.jobQueue(),
            in.queueSnapshots(),
            in.tenants(),
            in.plans(),
            in.clock(),
            lease()),
        configuration.jobs().fairnessSlack(),
        REGION_PATIENCE,
        () -> new SplittableRandom(1));
  }

  AuditKeeping auditKeeping() {
    return new AuditKeepingService(
        in.sweepTurns(), in.auditChains(), in.auditRetentions(), signatures, auditing, in.clock());
  }

  AuditRetentionAdministration auditRetention() {
    return new AuditRetentionService(
        in.transactions(), in.auditRetentions(), in.tenants(), auditing);
  }

  ReadAudit readAudit() {
    return new ReadAuditService(in.transactions(), auditing);
  }

  AuditQueries auditQueries() {
    return new AuditQueryService(
        in.transactions(), in.auditLog(), in.auditArchive(), auditing, in.clock());
  }
}
