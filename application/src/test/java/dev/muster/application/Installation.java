package dev.muster.application;

import dev.muster.application.access.AccessService;
import dev.muster.application.access.GateService;
import dev.muster.application.access.IdempotencyService;
import dev.muster.application.access.OperatorService;
import dev.muster.application.access.UserService;
import dev.muster.application.audit.AuditQueryService;
import dev.muster.application.audit.Auditing;
import dev.muster.application.credential.Resealing;
import dev.muster.application.credential.Secrets;
import dev.muster.application.enrolment.AgentTokenJoining;
import dev.muster.application.enrolment.AgentTokenService;
import dev.muster.application.enrolment.AttemptLimit;
import dev.muster.application.enrolment.DeclarationService;
import dev.muster.application.enrolment.EnrolmentService;
import dev.muster.application.enrolment.EnrolmentTokenService;
import dev.muster.application.enrolment.LegacyJoining;
import dev.muster.application.enrolment.LocalJoining;
import dev.muster.application.enrolment.NewAgents;
import dev.muster.application.enrolment.Repeatable;
import dev.muster.application.enrolment.SharedAgentPoolService;
import dev.muster.application.enrolment.SharedJoining;
import dev.muster.application.enrolment.TokenEnrolment;
import dev.muster.application.enrolment.UpdateKeys;
import dev.muster.application.fleet.AgentCredentialService;
import dev.muster.application.fleet.AgentGrantService;
import dev.muster.application.fleet.AgentSafeguardService;
import dev.muster.application.fleet.AgentService;
import dev.muster.application.fleet.InlineWorkerService;
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
import dev.muster.domain.credential.MasterKeys;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.RepeatableRandom;
import dev.muster.ports.out.SettableClock;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** All use cases over ports in memory: what a server is made of, for one test. */
public final class Installation {
  /** When every test begins. */
  public static final Instant START = Instant.parse("2026-03-29T00:59:30.123456Z");

  /** How long leases last. */
  public static final Duration LEASE = Duration.ofSeconds(60);

  /** How long a job waits for its region. */
  public static final Duration REGION_PATIENCE = Duration.ofSeconds(30);

  /** How many starts a tenant may be ahead of the others. */
  public static final int SLACK = 10;

  /** How often a credential may call. */
  public static final int REQUESTS_PER_MINUTE = 600;

  /** How many agents of a tenant may come by name. */
  public static final int MOST_NAMED = 700;

  /** How long ended jobs are kept. */
  public static final Duration RETENTION = Duration.ofDays(30);

  /** How many jobs are counted whenever somebody asks. */
  public static final int SHORT_QUEUE = 3;

  private final InMemoryPorts ports = new InMemoryPorts(START);
  private final RepeatableRandom random = new RepeatableRandom();
  private final BreakableAuditLog auditLog =
      new BreakableAuditLog(ports.auditLog(), ports.auditLog());
  private final Ids ids = new Ids(ports.clock(), random);
  private final Secrets secrets =
      new Secrets(random, MasterKeys.of(new byte[MasterKeys.KEY_BYTES]));
  private final Auditing auditing =
      new Auditing(auditLog, auditLog, ports.transactions(), ports.clock(), ids);
  private final JobChanges changes = new JobChanges(ports.jobBatches(), ports.wakeups(), auditing);
  private final OwnDecisions decisions =
      new OwnDecisions(ports.transactions(), ports.jobBatches(), changes, ports.clock());
  private final Withdrawal withdrawal =
      new Withdrawal(ports.transactions(), ports.jobDirectory(), decisions);

  private final GateService gate = anotherGate();

  /** What it is built on. */
  public InMemoryPorts ports() {
    return ports;
  }

  /** Its clock. */
  public SettableClock clock() {
    return ports.clock();
  }

  /** The audit log that its services write into. */
  public BreakableAuditLog auditLog() {
    return auditLog;
  }

  /** Its secrets. */
  public Secrets secrets() {
    return secrets;
  }

  /** Where its services note what was done. */
  public Auditing auditing() {
    return auditing;
  }

  /** Its dice. */
  public RepeatableRandom random() {
    return random;
  }

  /** Its ids. */
  public Ids ids() {
    return ids;
  }

  /** Its gate, where 600 requests a minute are usual. */
  public GateService gate() {
    return gate;
  }

  /** Another replica's gate. */
  public GateService anotherGate() {
    GateService made =
        new GateService(
            ports.transactions(),
            new GateService.Stores(
                ports.tenants(),
                ports.safeguards(),
                ports.signingSecrets(),
                ports.commandNonces(),
                ports.requestAllowances()),
            secrets,
            auditing,
            ports.clock(),
            new GateService.Counting(
                REQUESTS_PER_MINUTE,
                () -> Duration.between(START, ports.clock().instant()).toNanos()));
    ports.wakeups().wake(made);
    return made;
  }

  /** What is asked of its agents. */
  public AgentSafeguardService safeguards() {
    return new AgentSafeguardService(
        ports.transactions(),
        new AgentSafeguardService.Ground(
            ports.safeguards(), ports.signingSecrets(), REQUESTS_PER_MINUTE),
        ports.wakeups(),
        secrets,
        auditing,
        ports.clock());
  }

  /** What replaces its old signing secrets. */
  public SigningRenewalService renewal() {
    return new SigningRenewalService(
        ports.transactions(),
        ports.safeguards(),
        ports.signingSecrets(),
        ports.wakeups(),
        secrets,
        auditing,
        ports.clock());
  }

  /** Its door. */
  public AccessService access() {
    AccessService access =
        new AccessService(
            ports.transactions(),
            new AccessService.Logins(
                ports.userTokens(),
                ports.agentKeys(),
                ports.jobDirectory(),
                ports.agentKeys(),
                agentTokenJoining()),
            ports.agents(),
            secrets,
            auditing,
            ports.clock(),
            gate,
            LEASE);
    ports.wakeups().wake(access);
    return access;
  }

  /** Its requests that may be repeated. */
  public IdempotencyService idempotency() {
    return new IdempotencyService(ports.transactions(), ports.idempotencyKeys(), ports.clock());
  }

  /** Its users. */
  public UserService users() {
    return new UserService(
        ports.transactions(),
        ports.users(),
        ports.userTokens(),
        ports.wakeups(),
        ports.tenants(),
        secrets,
        auditing,
        ports.clock(),
        ids);
  }

  /** Its operators. */
  public OperatorService operators() {
    return new OperatorService(
        ports.transactions(),
        ports.users(),
        ports.userTokens(),
        ports.wakeups(),
        secrets,
        auditing,
        ports.clock(),
        ids);
  }

  /** Its tenants. */
  public TenantService tenants() {
    return new TenantService(
        ports.transactions(), ports.tenants(), ports.wakeups(), auditing, ports.clock(), ids);
  }

  /** Its plans. */
  public PlanService plans() {
    return new PlanService(ports.transactions(), ports.plans(), ports.wakeups(), auditing);
  }

  /** Its audit log, as people read it. */
  public AuditQueryService auditQueries() {
    return new AuditQueryService(
        ports.transactions(), auditLog, ports.auditLog(), auditing, ports.clock());
  }

  /** Its enrolment tokens. */
  public EnrolmentTokenService enrolmentTokens() {
    return new EnrolmentTokenService(
        ports.transactions(),
        ports.enrolmentTokens(),
        ports.tenants(),
        secrets,
        auditing,
        ports.clock(),
        ids);
  }

  /** Its enrolment, through the doors that are always open. */
  public EnrolmentService enrolment() {
    return enrolment(EnrolmentService.Doors.USUAL);
  }

  /** Its enrolment, through the doors that are open. */
  public EnrolmentService enrolment(EnrolmentService.Doors doors) {
    NewAgents newAgents =
        new NewAgents(
            ports.agents(), ports.agentKeys(), ports.agentKeys(), ports.wakeups(), secrets, ids);
    AttemptLimit limit = new AttemptLimit(ports.attempts(), ports.clock());
    Repeatable repeatable = new Repeatable(ports.registrations(), ports.agents());
    TokenEnrolment byToken =
        new TokenEnrolment(
            ports.transactions(),
            ports.enrolmentTokens(),
            ports.enrolmentTokens(),
            ports.agents(),
            ports.tenants(),
            newAgents,
            limit,
            auditing,
            ports.clock());
    LocalJoining locally =
        new LocalJoining(
            ports.transactions(),
            newAgents,
            repeatable,
            ports.agents(),
            ports.tenants(),
            withdrawal,
            ports.wakeups(),
            auditing,
            ports.clock());
    LegacyJoining legacy =
        new LegacyJoining(
            ports.transactions(), newAgents, repeatable, ports.tenants(), auditing, ports.clock());
    return new EnrolmentService(
        ports.transactions(),
        new EnrolmentService.Ways(byToken, locally, legacy),
        newAgents,
        limit,
        auditing,
        ports.clock(),
        doors);
  }

  private AgentTokenJoining agentTokenJoining() {
    return new AgentTokenJoining(
        ports.transactions(),
        ports.agentTokens(),
        ports.agentTokens(),
        ports.agents(),
        ports.namedAgents(),
        ports.tenants(),
        auditing,
        ids,
        LEASE,
        MOST_NAMED);
  }

  /** Its agent tokens. */
  public AgentTokenService agentTokens() {
    return new AgentTokenService(
        ports.transactions(),
        new AgentTokenService.Stores(ports.agentTokens(), ports.namedAgents(), ports.agentKeys()),
        withdrawal,
        ports.wakeups(),
        secrets,
        auditing,
        ports.clock(),
        ids);
  }

  private UpdateKeys updateKeys() {
    return new UpdateKeys(
        ports.agentKeys(), new Repeatable(ports.registrations(), ports.agents()), secrets);
  }

  /** What its agents say of themselves. */
  public DeclarationService declarations() {
    return new DeclarationService(
        ports.transactions(),
        ports.agents(),
        ports.namedAgents(),
        updateKeys(),
        ports.wakeups(),
        auditing,
        ports.clock());
  }

  /** Its pool of shared agents. */
  public SharedAgentPoolService sharedAgentPool() {
    return new SharedAgentPoolService(
        ports.transactions(),
        ports.sharedAgentPools(),
        ports.namedAgents(),
        ports.agentKeys(),
        ports.wakeups(),
        secrets,
        auditing,
        ports.clock(),
        ids);
  }

  /** Where its shared agents register themselves. */
  public SharedJoining sharedEnrolment() {
    return sharedEnrolment(ports.sharedAgentPools());
  }

  /** The same, on other pools. */
  public SharedJoining sharedEnrolment(SharedAgentPools pools) {
    return new SharedJoining(
        ports.transactions(),
        new SharedJoining.Stores(pools, ports.agents(), ports.namedAgents()),
        updateKeys(),
        new AttemptLimit(ports.attempts(), ports.clock()),
        ports.wakeups(),
        secrets,
        auditing,
        ports.clock(),
        ids,
        LEASE);
  }

  /** Its agents, as people steer them. */
  public AgentService agents() {
    return new AgentService(
        ports.transactions(),
        ports.agents(),
        withdrawal,
        ports.wakeups(),
        auditing,
        ports.clock(),
        LEASE);
  }

  /** Its agents' keys. */
  public AgentCredentialService agentCredentials() {
    return new AgentCredentialService(
        ports.transactions(),
        new AgentCredentialService.Stores(ports.agents(), ports.agentKeys(), ports.agentGrants()),
        withdrawal,
        ports.wakeups(),
        secrets,
        auditing,
        ports.clock());
  }

  /** What its agents may do beside being agents. */
  public AgentGrantService agentGranting() {
    return new AgentGrantService(
        ports.transactions(),
        ports.agents(),
        ports.agentGrants(),
        ports.wakeups(),
        auditing,
        ports.clock());
  }

  /** Its agents' heartbeats. */
  public PresenceService presence() {
    return new PresenceService(
        ports.transactions(), ports.agents(), ports.leases(), withdrawal, ports.clock(), LEASE);
  }

  /** The workers within its replicas. */
  public InlineWorkerService inlineWorkers() {
    return new InlineWorkerService(
        ports.transactions(),
        ports.agents(),
        ports.inlineAgents(),
        ports.tenants(),
        withdrawal,
        auditing,
        ports.clock(),
        ids);
  }

  /** Its agents that are connected. */
  public WorkerQueryService workers() {
    return new WorkerQueryService(
        ports.transactions(), ports.workers(), ports.workers(), ports.clock(), LEASE);
  }

  /** Where jobs are submitted. */
  public JobSubmissionService submission() {
    return new JobSubmissionService(
        ports.transactions(),
        new JobSubmissionService.Queue(
            ports.tenants(),
            ports.intake(),
            ports.jobDirectory(),
            new FreeAgents(ports.transactions(), ports.jobQueue(), LEASE, REGION_PATIENCE),
            ports.wakeups()),
        secrets,
        auditing,
        ports.clock(),
        ids);
  }

  /** Where jobs are looked at. */
  public JobQueryService queries() {
    return new JobQueryService(
        ports.transactions(), ports.jobs(), ports.jobLogs(), ports.jobDirectory(), ports.clock());
  }

  /** Where jobs are steered. */
  public JobControlService control() {
    return new JobControlService(
        ports.transactions(),
        ports.jobs(),
        ports.jobDirectory(),
        changes,
        ports.wakeups(),
        auditing,
        ports.clock());
  }

  /** Where many jobs are tried again. */
  public BulkRetryService bulkRetry() {
    return new BulkRetryService(
        ports.transactions(),
        ports.endedJobs(),
        ports.jobDirectory(),
        ports.wakeups(),
        auditing,
        ports.clock());
  }

  /** A replica's dispatch, which hears of everything; to be started and closed. */
  public DispatchService dispatch() {
    return dispatch(ports.jobQueue());
  }

  /** A replica's dispatch over another queue, which hears of everything. */
  public DispatchService dispatch(JobQueue queue) {
    return dispatch(queue, ports.agentNews());
  }

  /** A replica's dispatch that gives out leases of another length. */
  public DispatchService dispatch(Duration lease) {
    return dispatch(ports.jobQueue(), ports.agentNews(), lease);
  }

  /** A replica's dispatch over another queue and other news, which hears of everything. */
  public DispatchService dispatch(JobQueue queue, AgentNews news) {
    return dispatch(queue, news, LEASE);
  }

  private DispatchService dispatch(JobQueue queue, AgentNews news, Duration lease) {
    DispatchService dispatch =
        new DispatchService(
            ports.transactions(),
            new DispatchService.Queue(queue, news),
            auditing,
            ports.clock(),
            random,
            new DispatchService.Policy(lease, REGION_PATIENCE, SLACK));
    ports.wakeups().wake(dispatch);
    return dispatch;
  }

  /** What says why jobs wait. */
  public JobExplanationService explanations() {
    return new JobExplanationService(
        ports.transactions(),
        ports.jobs(),
        ports.jobDirectory(),
        ports.tenants(),
        ports.jobQueue(),
        ports.clock(),
        LEASE,
        REGION_PATIENCE);
  }

  /** Where agents report. */
  public ReportingService reporting() {
    return new ReportingService(
        ports.transactions(), ports.jobBatches(), ports.jobLogs(), changes, ports.clock(), random);
  }

  private QueueCounts queueCounts() {
    return new QueueCounts(ports.queueStatistics(), ports.sweepTurns(), ports.clock(), SHORT_QUEUE);
  }

  /** Its queue in numbers. */
  public QueueOverviewService overview() {
    return new QueueOverviewService(
        ports.transactions(), ports.queueStatistics(), queueCounts(), ports.clock());
  }

  /** Its imagination. */
  public SimulationService simulation() {
    return new SimulationService(
        new WorldReading(
            ports.transactions(),
            ports.jobQueue(),
            ports.queueSnapshots(),
            ports.tenants(),
            ports.plans(),
            ports.clock(),
            LEASE),
        SLACK,
        REGION_PATIENCE,
        () -> new SplittableRandom(1));
  }

  /** Its releases. */
  public ReleaseService releases() {
    return new ReleaseService(
        ports.transactions(),
        ports.releases(),
        ports.releases(),
        calling(),
        auditing,
        ports.clock(),
        ids);
  }

  private Calling calling() {
    return new Calling(ports.nudges(), random);
  }

  /** What it offers its agents. */
  public UpdateOfferService updates() {
    return new UpdateOfferService(
        ports.transactions(),
        new UpdateOfferService.Stores(
            ports.releases(),
            ports.releases(),
            ports.releases(),
            ports.agents(),
            ports.agentKeys()),
        calling(),
        secrets,
        auditing,
        ports.clock());
  }

  /** What seals anew, with these master keys. */
  public Resealing resealing(Secrets with) {
    return new Resealing(ports.sweepTurns(), ports.sealedStore(), with, auditing);
  }

  /** Its sweeps. */
  public SweepService sweeps() {
    return new SweepService(
        ports.sweepTurns(),
        new SweepService.Stores(
            ports.jobDirectory(),
            ports.agentKeys(),
            ports.inlineAgents(),
            ports.idempotencyKeys(),
            ports.auditLog(),
            queueCounts(),
            resealing(secrets),
            ports.releases()),
        decisions,
        ports.wakeups(),
        auditing,
        ports.clock(),
        new SweepService.Durations(LEASE, RETENTION));
  }
}
