package dev.muster.application.scheduling;

import dev.muster.application.job.ChangedJobs;
import dev.muster.application.job.JobChanges;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting.AttemptReport;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobBatches;
import dev.muster.ports.out.job.JobBatches.Holding;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Takes many reports in one transaction: what they concern is read and locked at once, each is
 * decided for itself and in order, and what became of all is written at once. Thread-safe.
 */
final class ReportBatch {
  private final Transactions transactions;
  private final JobBatches jobs;
  private final JobChanges changes;
  private final InstantSource clock;
  private final RandomGenerator random;

  ReportBatch(
      Transactions transactions,
      JobBatches jobs,
      JobChanges changes,
      InstantSource clock,
      RandomGenerator random) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.changes = changes;
    this.clock = clock;
    this.random = random;
  }

  /** Who says what. */
  record Told(Caller caller, AttemptReport said) {
    JobId job() {
      return said.job();
    }
  }

  /** Answers each report, in their order. */
  List<Outcome<Job>> take(List<Told> reports) {
    return transactions.acrossTenants(() -> {
      Map<JobId, Job> locked = locked(reports);
      Set<Holding> former = formerHoldings(reports, locked);
      ChangedJobs changed = new ChangedJobs();
      Instant now = clock.instant();
      List<Outcome<Job>> answers = new ArrayList<>();
      for (Told told : reports) {
        Job job = locked.get(told.job());
        Outcome<Job> answer =
            job != null && mayKnow(told.caller(), job, former)
                ? decide(told, job, now, changed)
                : unknown();
        if (answer instanceof Outcome.Done<Job>(Job after)) {
          locked.put(after.id(), after);
        }
        answers.add(answer);
      }
      changes.write(changed);
      return answers;
    });
  }

  private Outcome<Job> decide(Told told, Job job, Instant now, ChangedJobs changed) {
    AttemptReport said = told.said();
    Transition transition =
        JobLifecycle.onReport(
            job,
            told.caller().agent(),
            said.attempt(),
            said.report(),
            now,
            random.nextDouble(-1, 1));
    return transition instanceof Transition.Stale
        ? leaseLost()
        : Outcome.done(changed.apply(told.caller(), job, transition, now));
  }

  /** Those that the callers may serve, as they are now. */
  private Map<JobId, Job> locked(List<Told> reports) {
    Set<JobId> ids = reports.stream().map(Told::job).collect(Collectors.toSet());
    Map<JobId, Ref> known =
        jobs.find(ids).stream().collect(Collectors.toMap(Ref::job, Function.identity()));
    Set<Ref> served = new LinkedHashSet<>();
    for (Told told : reports) {
      Ref ref = known.get(told.job());
      if (ref != null && mayServe(told.caller(), ref.tenant())) {
        served.add(ref);
      }
    }
    Map<JobId, Job> locked = new HashMap<>();
    jobs.lock(served).forEach(job -> locked.put(job.id(), job));
    return locked;
  }

  /** Only asked for where somebody speaks of a job that it does not have now. */
  private Set<Holding> formerHoldings(List<Told> reports, Map<JobId, Job> locked) {
    Set<Holding> asked = new LinkedHashSet<>();
    for (Told told : reports) {
      Job job = locked.get(told.job());
      if (job != null && !told.caller().agent().equals(job.agent())) {
        asked.add(holding(told.caller(), job));
      }
    }
    return jobs.everHeld(asked);
  }

  private static boolean mayKnow(Caller caller, Job job, Set<Holding> former) {
    return mayServe(caller, job.tenant())
        && (caller.agent().equals(job.agent()) || former.contains(holding(caller, job)));
  }

  private static Holding holding(Caller caller, Job job) {
    return new Holding(new Ref(job.tenant(), job.id()), caller.agent());
  }

  /** A platform agent serves many tenants, a dedicated one its own only. */
  static boolean mayServe(Caller caller, TenantId tenant) {
    return caller.tenant().isSystem() || caller.tenant().equals(tenant);
  }

  static <T> Outcome<T> leaseLost() {
    return Outcome.refused(
        Code.LEASE_LOST, "This attempt is no longer the newest, or no longer this agent's.");
  }

  static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such job.");
  }
}
