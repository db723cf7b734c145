package dev.muster.application.job;

import dev.muster.application.audit.Auditing;
import dev.muster.application.credential.Secrets;
import dev.muster.application.gathering.Gathering;
import dev.muster.application.identity.Ids;
import dev.muster.application.job.Places.Place;
import dev.muster.application.job.Submission.Taken;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.Refusal.Violation;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.Intake;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts jobs into the queue. Requests that come at the same moment share one transaction, whoever
 * they are of; one that is part of a larger transaction belongs to that one.
 */
public final class JobSubmissionService implements JobSubmission {
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_VIOLATIONS = 100;

  private final Transactions transactions;
  private final Impatience impatience;
  private final SubmissionBatch batch;
  private final Gathering<Submission, Outcome<Taken>> gathering;
  private final Places places;
  private final Secrets secrets;
  private final InstantSource clock;

  /** Where submitted jobs go, and who is told. */
  public record Queue(
      Tenants tenants,
      Intake intake,
      JobDirectory directory,
      FreeAgents freeAgents,
      Wakeups wakeups) {}

  /** Puts jobs into {@code queue}. */
  public JobSubmissionService(
      Transactions transactions,
      Queue queue,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.impatience = new Impatience(transactions, queue.tenants(), queue.freeAgents(), clock, ids);
    this.batch =
        new SubmissionBatch(transactions, queue.intake(), queue.wakeups(), auditing, clock, ids);
    this.gathering = new Gathering<>(batch::take, MOST_AT_ONCE, 1);
    this.places = new Places(transactions, queue.directory(), clock);
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public Outcome<Submitted> submit(Caller caller, JobSpec spec) {
    return take(caller, List.of(spec), job -> "").map(this::submitted);
  }

  @Override
  public Outcome<List<Submitted>> submitAll(Caller caller, List<JobSpec> specs) {
    if (specs.isEmpty() || specs.size() > MOST_JOBS) {
      throw new IllegalArgumentException("so many jobs at once: " + specs.size());
    }
    return take(caller, specs, job -> "/jobs/" + job)
        .map(taken -> taken.jobs().stream().map(job -> submitted(job, taken.at(), null)).toList());
  }

  private Outcome<Taken> take(
      Caller caller, List<JobSpec> specs, IntFunction<String> whereItStands) {
    TenantId tenant = caller.tenant();
    if (tenant.isSystem()) {
      return Outcome.refused(
          Code.TENANT_REQUIRED,
          "An operator has no queue: submit with a token of a tenant's user.");
    }
    List<Violation> violations = violations(specs, whereItStands);
    return violations.isEmpty()
        ? take(new Submission(caller, specs, impatience.unmet(tenant, specs)))
        : new Outcome.Refused<>(new Refusal(Code.INVALID, "A field is not valid.", violations));
  }

  private List<Violation> violations(List<JobSpec> specs, IntFunction<String> whereItStands) {
    Instant now = clock.instant();
    return IntStream.range(0, specs.size())
        .filter(job -> specs.get(job).isDelayedTooFar(now))
        .mapToObj(job ->
            new Violation(
                whereItStands.apply(job) + "/available_at",
                "must be within " + JobSpec.LONGEST_DELAY.toDays() + " days"))
        .limit(MOST_VIOLATIONS)
        .toList();
  }

  /** Many of one request need no company, and would keep those of other requests waiting. */
  private Outcome<Taken> take(Submission submission) {
    return transactions.isOpen() || submission.specs().size() > 1
        ? batch.take(List.of(submission)).getFirst()
        : gathering.of(submission);
  }

  private Submitted submitted(Taken taken) {
    Job job = taken.jobs().getFirst();
    Place place = NewJob.isClaimable(job, taken.at()) ? places.of(job) : new Place(job, null);
    return submitted(place.job(), taken.at(), place.place());
  }

  private Submitted submitted(Job job, Instant at, @Nullable Integer place) {
    return new Submitted(Standings.of(job, at), tokenOf(job.tenant(), job.id()), place);
  }

  @Override
  public Secret tokenOf(TenantId tenant, JobId job) {
    return secrets.jobToken(tenant, job);
  }
}
