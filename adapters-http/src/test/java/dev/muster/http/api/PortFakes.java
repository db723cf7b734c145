package dev.muster.http.api;

import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentControl;
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
import java.util.Collections;
import java.util.List;

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
