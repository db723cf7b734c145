package dev.muster.http.api;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.enrolment.SharedRegistration;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Report;
import dev.muster.domain.scheduling.Reason;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.UserAdministration;
import dev.muster.ports.in.enrolment.AgentTokenAdministration;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.enrolment.Enrolment;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration;
import dev.muster.ports.in.enrolment.SharedEnrolment;
import dev.muster.ports.in.fleet.AgentAdministration;
import dev.muster.ports.in.fleet.AgentCredentials;
import dev.muster.ports.in.fleet.AgentGranting;
import dev.muster.ports.in.fleet.AgentSafeguards;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.fleet.WorkerQueries;
import dev.muster.ports.in.job.BulkRetry;
import dev.muster.ports.in.job.JobControl;
import dev.muster.ports.in.job.JobExplanations;
import dev.muster.ports.in.job.JobQueries;
import dev.muster.ports.in.job.JobStanding;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.ports.in.scheduling.QueueOverview;
import dev.muster.ports.in.scheduling.SchedulerSimulation;
import dev.muster.ports.in.tenancy.PlanAdministration;
import dev.muster.ports.in.tenancy.TenantAdministration;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Inbound ports that remember what they were asked and answer with samples. */
final class PortFakes {
  private static final Secret SECRET = Secret.of("shown-once");

  private PortFakes() {}

  record Tenants(Calls calls) implements TenantAdministration {
    @Override
    public Outcome<Tenant> create(Caller caller, NewTenant tenant) {
      return calls.outcome(Samples.tenant(), tenant);
    }

    @Override
    public Page<Tenant> list(Caller caller, PageRequest page) {
      return calls.page(Samples.tenant(), page);
    }

    @Override
    public Outcome<Tenant> find(Caller caller, TenantSlug slug) {
      return calls.outcome(Samples.tenant(), slug);
    }

    @Override
    public Outcome<Tenant> change(Caller caller, TenantSlug slug, TenantChanges changes) {
      return calls.outcome(Samples.tenant(), slug, changes);
    }

    @Override
    public Outcome<Tenant> suspend(Caller caller, TenantSlug slug) {
      return calls.outcome(Samples.tenant(), "suspend", slug);
    }

    @Override
    public Outcome<Tenant> resume(Caller caller, TenantSlug slug) {
      return calls.outcome(Samples.tenant(), "resume", slug);
    }

    @Override
    public Tenant ensureLocal() {
      throw new AssertionError("not for HTTP");
    }
  }

  record Safeguards(Calls calls) implements AgentSafeguards {
    private static final Guarded GUARDED =
        new Guarded(new AgentId(Samples.ID), null, List.of("ab".repeat(32)), true, Samples.AT);

    @Override
    public Outcome<Guarded> find(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(GUARDED, tenant, agent);
    }

    @Override
    public Outcome<Guarded> limit(
        Caller caller, TenantId tenant, AgentId agent, @Nullable Integer requestsPerMinute) {
      return calls.outcome(GUARDED, tenant, agent, Optional.ofNullable(requestsPerMinute));
    }

    @Override
    public Outcome<Guarded> registerCertificates(
        Caller caller, TenantId tenant, AgentId agent, List<String> fingerprints) {
      return calls.outcome(GUARDED, tenant, agent, fingerprints);
    }

    @Override
    public Outcome<Issued<Guarded>> rotateSigningSecret(
        Caller caller, TenantId tenant, AgentId agent, Rotation rotation) {
      return calls.outcome(new Issued<>(GUARDED, SECRET), tenant, agent, rotation);
    }

    @Override
    public Outcome<Guarded> revokeSigningSecrets(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(GUARDED, "revoke", tenant, agent);
    }
  }

  record Plans(Calls calls) implements PlanAdministration {
    @Override
    public Plan find(Caller caller, PlanName name) {
      return calls.note(name.initial(), name);
    }

    @Override
    public Plan replace(Caller caller, Plan plan) {
      return calls.note(plan, plan);
    }
  }

  record Users(Calls calls) implements UserAdministration {
    @Override
    public Outcome<User> create(Caller caller, NewUser user) {
      return calls.outcome(Samples.user(), user);
    }

    @Override
    public Page<User> list(Caller caller, PageRequest page) {
      return calls.page(Samples.user(), page);
    }

    @Override
    public Outcome<Issued<UserToken>> issueToken(Caller caller, UserId user, NewToken token) {
      return calls.outcome(new Issued<>(Samples.userToken(), SECRET), user, token);
    }

    @Override
    public Outcome<Page<UserToken>> tokens(Caller caller, UserId user, PageRequest page) {
      return Outcome.done(calls.page(Samples.userToken(), user, page));
    }

    @Override
    public Outcome<UserToken> revokeToken(Caller caller, TokenId token) {
      return calls.outcome(Samples.userToken(), token);
    }
  }

  record Joining(Calls calls) implements Enrolment {
    private static final Enrolled ENROLLED =
        new Enrolled(Samples.agent(), Secret.of("the-api-key"), Secret.of("the-update-key"));

    @Override
    public Outcome<Enrolled> withBootstrapToken(
        Secret token, Applicant applicant, AuditEntry.Origin origin) {
      return calls.outcome(ENROLLED, token, applicant, origin);
    }

    @Override
    public Outcome<Enrolled> withRegistrationToken(
        Secret token, Applicant applicant, AuditEntry.Origin origin) {
      return calls.outcome(ENROLLED, token, applicant, origin);
    }

    @Override
    public Outcome<Enrolled> withoutToken(
        @Nullable TenantId tenant, Applicant applicant, AuditEntry.Origin origin) {
      return calls.outcome(ENROLLED, Optional.ofNullable(tenant), applicant);
    }

    @Override
    public Outcome<LocalEnrolment> locally(
        Secret localAgentKey, Applicant applicant, boolean rotate, AuditEntry.Origin origin) {
      return calls.outcome(
          applicant.name().value().equals("known")
              ? new LocalEnrolment.Known(Samples.agent())
              : new LocalEnrolment.New(ENROLLED),
          localAgentKey.isEmpty() ? "no key" : localAgentKey,
          applicant,
          rotate);
    }

    @Override
    public Outcome<Enrolled> byOperator(
        Caller caller, Applicant applicant, @Nullable Duration keyLife) {
      return keyLife == null
          ? calls.outcome(ENROLLED, applicant)
          : calls.outcome(ENROLLED, applicant, keyLife);
    }
  }

  record EnrolmentTokens(Calls calls) implements EnrolmentTokenAdministration {
    @Override
    public Outcome<Issued<EnrolmentToken>> create(
        Caller caller, TenantId tenant, NewEnrolmentToken token) {
      return calls.outcome(new Issued<>(Samples.enrolmentToken(), SECRET), tenant, token);
    }

    @Override
    public Outcome<Page<EnrolmentToken>> list(Caller caller, TenantId tenant, PageRequest page) {
      return Outcome.done(calls.page(Samples.enrolmentToken(), tenant, page));
    }

    @Override
    public Outcome<EnrolmentToken> revoke(
        Caller caller, TenantId tenant, EnrolmentTokenId token, @Nullable String reason) {
      return calls.outcome(Samples.enrolmentToken(), tenant, token, Optional.ofNullable(reason));
    }

    @Override
    public Outcome<Page<Agent>> registrations(
        Caller caller, TenantId tenant, EnrolmentTokenId token, PageRequest page) {
      return Outcome.done(calls.page(Samples.agent(), tenant, token, page));
    }
  }

  record Agents(Calls calls) implements AgentAdministration {
    private static final AgentStanding STANDING = new AgentStanding(Samples.agent(), true);

    @Override
    public Outcome<Page<AgentStanding>> list(
        Caller caller, TenantId tenant, AgentFilter filter, PageRequest page) {
      return Outcome.done(calls.page(STANDING, tenant, filter, page));
    }

    @Override
    public Outcome<AgentStanding> find(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(STANDING, "find", tenant, agent);
    }

    @Override
    public Outcome<AgentStanding> enable(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(STANDING, "enable", tenant, agent);
    }

    @Override
    public Outcome<AgentStanding> disable(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(STANDING, "disable", tenant, agent);
    }

    @Override
    public Outcome<AgentStanding> drain(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(STANDING, "drain", tenant, agent);
    }

    @Override
    public Outcome<AgentId> delete(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(agent, "delete", tenant, agent);
    }

    @Override
    public Outcome<AgentStats> stats(Caller caller, TenantId tenant) {
      return calls.outcome(new AgentStats(4, 3, 1, 1, 0, 12, 5), tenant);
    }
  }

  record Keys(Calls calls) implements AgentCredentials {
    @Override
    public Outcome<Issued<AgentKey>> rotateKey(
        Caller caller, TenantId tenant, AgentId agent, Rotation rotation) {
      return calls.outcome(new Issued<>(Samples.agentKey(), SECRET), tenant, agent, rotation);
    }

    @Override
    public Outcome<Integer> revokeKeys(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(2, tenant, agent);
    }

    @Override
    public Outcome<List<AgentKey>> keys(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(List.of(Samples.agentKey()), tenant, agent);
    }
  }

  record Granting(Calls calls) implements AgentGranting {
    @Override
    public Outcome<List<AgentGrant>> grants(Caller caller, TenantId tenant, AgentId agent) {
      return Outcome.done(List.of(Samples.agentGrant()));
    }

    @Override
    public Outcome<List<AgentGrant>> grant(
        Caller caller, TenantId tenant, AgentId agent, Set<Permission> permissions, String note) {
      return calls.outcome(List.of(Samples.agentGrant()), tenant, agent, permissions, note);
    }
  }

  record Workers(Calls calls) implements WorkerQueries {
    @Override
    public Page<Worker> list(Caller caller, WorkerFilter filter, PageRequest page) {
      return calls.page(
          new Worker(
              Samples.agent(),
              filter.replica() == null ? null : new TenantSlug("acme"),
              "host-1a2b",
              Samples.AT),
          filter,
          page);
    }
  }

  record Heartbeats(Calls calls) implements Presence {
    @Override
    public Outcome<Answer> heartbeat(Caller caller, Heartbeat heartbeat) {
      return calls.outcome(
          new Answer(List.of(Samples.JOB_ID), List.of(Samples.JOB_ID), 20), heartbeat);
    }
  }

  record Declaring(Calls calls) implements Declarations {
    @Override
    public Outcome<Optional<Secret>> declare(Caller caller, Declaration declaration) {
      return calls.outcome(Optional.of(Secret.of("the-update-key")), declaration);
    }
  }

  record AgentTokens(Calls calls) implements AgentTokenAdministration {
    @Override
    public Outcome<Issued<AgentToken>> create(Caller caller, String name) {
      return calls.outcome(new Issued<>(Samples.agentToken(), SECRET), name);
    }

    @Override
    public Outcome<Page<AgentToken>> list(Caller caller, PageRequest page) {
      return Outcome.done(calls.page(Samples.agentToken(), page));
    }

    @Override
    public Outcome<AgentToken> revoke(Caller caller, AgentTokenId token) {
      return calls.outcome(Samples.agentToken(), token);
    }
  }

  record SharedPool(Calls calls) implements SharedAgentPoolAdministration {
    @Override
    public Outcome<Issued<PoolStanding>> create(Caller caller, Hints hints) {
      return calls.outcome(new Issued<>(Samples.pool(), SECRET), hints);
    }

    @Override
    public Outcome<PoolStanding> find(Caller caller) {
      return calls.outcome(Samples.pool());
    }

    @Override
    public Outcome<Issued<PoolStanding>> rotate(Caller caller, Duration grace) {
      return calls.outcome(new Issued<>(Samples.pool(), SECRET), grace);
    }
  }

  record SharedJoining(Calls calls) implements SharedEnrolment {
    @Override
    public Outcome<SharedEnrolled> register(
        SharedRegistration signed,
        @Nullable UUID instance,
        @Nullable Supplier<Declaration> declaration,
        AuditEntry.Origin origin) {
      return calls.outcome(
          new SharedEnrolled(
              Samples.agent(),
              Secret.of("the-token"),
              Samples.AT,
              declaration == null ? null : Secret.of("the-update-key")),
          signed,
          Optional.ofNullable(instance),
          Optional.ofNullable(declaration).map(Supplier::get));
    }
  }

  record Submission(Calls calls) implements JobSubmission {
    @Override
    public Outcome<Submitted> submit(Caller caller, JobSpec spec) {
      return calls.outcome(new Submitted(Samples.job(JobStatus.QUEUED), SECRET, 5), spec);
    }

    @Override
    public Outcome<List<Submitted>> submitAll(Caller caller, List<JobSpec> specs) {
      var job = new Submitted(Samples.job(JobStatus.QUEUED), SECRET, null);
      return calls.outcome(Collections.nCopies(specs.size(), job), specs);
    }

    @Override
    public Secret tokenOf(TenantId tenant, JobId job) {
      return SECRET;
    }
  }

  record Control(Calls calls) implements JobControl {
    @Override
    public Outcome<JobStanding> cancel(Caller caller, JobId job) {
      return calls.outcome(Samples.job(JobStatus.CANCELLED), "cancel", job);
    }

    @Override
    public Outcome<JobStanding> retry(Caller caller, JobId job) {
      return calls.outcome(Samples.job(JobStatus.QUEUED), "retry", job);
    }
  }

  record Retries(Calls calls) implements BulkRetry {
    @Override
    public Outcome<Retried> retry(Caller caller, JobQueries.JobFilter filter, boolean dryRun) {
      return calls.outcome(
          new Retried(
              dryRun,
              List.of(
                  new OfTenant(Samples.TENANT_ID, 5, 3, dryRun ? 0 : 3, Obstacle.QUEUE_FULL),
                  new OfTenant(TenantId.SYSTEM, 2, 2, dryRun ? 0 : 2, null))),
          filter,
          dryRun);
    }
  }

  record Queries(Calls calls, LogFake log) implements JobQueries {
    @Override
    public Outcome<JobStanding> find(Caller caller, JobId job) {
      return calls.outcome(Samples.job(log.status()), job);
    }

    @Override
    public Page<JobStanding> list(Caller caller, JobFilter filter, PageRequest page) {
      return calls.page(Samples.job(JobStatus.RUNNING), filter, page);
    }

    @Override
    public Outcome<List<Attempt>> attempts(Caller caller, JobId job) {
      return calls.outcome(List.of(Samples.attempt()), job);
    }

    @Override
    public Outcome<LogPage> logs(Caller caller, JobId job, long after, int limit) {
      return calls.outcome(log.after(after, limit), job, after, limit);
    }
  }

  record Explanations(Calls calls) implements JobExplanations {
    @Override
    public Outcome<Explained> explain(Caller caller, JobId job) {
      return calls.outcome(
          new Explained(
              Samples.job(JobStatus.QUEUED),
              Samples.AT,
              15,
              Samples.AT.plusSeconds(60),
              List.of(
                  new Reason(
                      Reason.Code.AT_CAP, "Its tenant is at its cap: 2 of 2 jobs run.", null),
                  new Reason(Reason.Code.WAITING_FOR_REGION, "…", Samples.AT))),
          job);
    }
  }

  record Dispatch(Calls calls) implements JobDispatch {
    @Override
    public Outcome<Claimed> claim(Caller caller, Claim claim) {
      var job = new LeasedJob(Samples.leased(JobStatus.ASSIGNED), new TenantSlug("acme"));
      return calls.outcome(
          claim.maxJobs() == 0
              ? Claimed.NOTHING
              : new Claimed(
                  List.of(job),
                  List.of(
                      new JobDispatch.Control.Cancel(Samples.JOB_ID, 2),
                      new JobDispatch.Control.Fleet(AgentControl.DRAIN),
                      new JobDispatch.Control.Fleet(AgentControl.UPDATE))),
          claim);
    }
  }

  record Numbers(Calls calls) implements QueueOverview {
    @Override
    public Overview now(Caller caller) {
      return calls.note(Samples.overview(), "now");
    }
  }

  record Imagination(Calls calls) implements SchedulerSimulation {
    @Override
    public Outcome<Simulated> simulate(Caller caller, Question question) {
      return calls.outcome(Samples.simulated(question), question);
    }
  }

  record Reporting(Calls calls) implements JobReporting {
    @Override
    public Outcome<Job> report(Caller caller, JobId job, int attempt, Report report) {
      return calls.outcome(Samples.leased(JobStatus.COMPLETED), job, attempt, report);
    }

    @Override
    public List<Outcome<Job>> reportAll(Caller caller, List<AttemptReport> reports) {
      return reports.stream()
          .map(each -> report(caller, each.job(), each.attempt(), each.report()))
          .toList();
    }

    @Override
    public Outcome<Integer> log(Caller caller, JobId job, int attempt, List<LogLine> lines) {
      return calls.outcome(lines.size(), job, attempt, lines);
    }
  }
}
