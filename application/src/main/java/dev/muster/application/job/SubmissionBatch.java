package dev.muster.application.job;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.identity.Ids;
import dev.muster.application.job.Submission.Taken;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.Intake;
import dev.muster.ports.out.job.Intake.Entrance;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what several requests submit, of any tenants, in one transaction. Who has no room is
 * refused and takes nothing from the others; those who come first are served first.
 */
final class SubmissionBatch {
  private static final Logger LOG = LoggerFactory.getLogger(SubmissionBatch.class);

  private final Transactions transactions;
  private final Intake intake;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  SubmissionBatch(
      Transactions transactions,
      Intake intake,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.intake = intake;
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  /** Answers in the order of the submissions. */
  List<Outcome<Taken>> take(List<Submission> submissions) {
    if (!transactions.isOpen()) {
      try {
        return take(submissions, intake::look);
      } catch (Intake.Overtaken others) {
        LOG.debug("queues fill up: {}", others.getMessage());
      }
    }
    return take(submissions, intake::lock);
  }

  private List<Outcome<Taken>> take(
      List<Submission> submissions,
      Function<Collection<TenantId>, Map<TenantId, Entrance>> entrances) {
    return transactions.acrossTenants(() -> {
      List<TenantId> tenants = submissions.stream().map(Submission::tenant).distinct().toList();
      Map<TenantId, Entrance> found = entrances.apply(tenants);
      return new Round(found, clock.instant(), submissions).take();
    });
  }

  /** One transaction's work. */
  private final class Round {
    private final Map<TenantId, Entrance> entrances;
    private final Map<TenantId, Integer> room = new HashMap<>();
    private final Instant now;
    private final List<Submission> submissions;
    private final Iterator<JobId> newIds;
    private final List<Job> added = new ArrayList<>();
    private final List<Auditing.Deed> entries = new ArrayList<>();

    Round(Map<TenantId, Entrance> entrances, Instant now, List<Submission> submissions) {
      this.entrances = entrances;
      this.now = now;
      this.submissions = submissions;
      this.newIds =
          ids.inOrder(now, submissions.stream().mapToInt(s -> s.specs().size()).sum()).stream()
              .map(JobId::new)
              .iterator();
      entrances.forEach((tenant, entrance) -> room.put(tenant, entrance.room()));
    }

    List<Outcome<Taken>> take() {
      List<Outcome<Taken>> outcomes = submissions.stream().map(this::take).toList();
      if (!added.isEmpty()) {
        auditing.doneTogether(entries);
        tellOf(intake.add(added, now));
      }
      return outcomes;
    }

    private Outcome<Taken> take(Submission submission) {
      Entrance entrance = entrances.get(submission.tenant());
      if (entrance == null) {
        throw new IllegalStateException("a caller of no tenant: " + submission.tenant());
      }
      if (!entrance.open()) {
        return Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.");
      }
      List<Job> jobs =
          submission.specs().stream()
              .map(spec -> NewJob.of(newIds.next(), submission, spec, entrance, now))
              .toList();
      int queued = (int) jobs.stream().filter(job -> job.status() == JobStatus.QUEUED).count();
      if (queued > 0 && room.merge(submission.tenant(), -queued, Integer::sum) < 0) {
        room.merge(submission.tenant(), queued, Integer::sum);
        return Outcome.refused(Code.QUEUE_FULL, "The queue of this tenant's plan is full.");
      }
      added.addAll(jobs);
      jobs.forEach(job -> entries.add(entry(submission, job)));
      return Outcome.done(new Taken(jobs, now));
    }

    /** Each tenant's arrivals are told of together: no more and no fewer than its counter has. */
    private void tellOf(List<TenantStanding> standings) {
      Map<TenantId, List<QueuedJob>> arrived =
          added.stream()
              .filter(job -> NewJob.isClaimable(job, now))
              .map(QueuedJob::of)
              .collect(Collectors.groupingBy(QueuedJob::tenant));
      for (TenantStanding standing : standings) {
        List<QueuedJob> jobs = arrived.get(standing.tenant());
        if (jobs != null) {
          wakeups.jobsArrived(standing, jobs);
        }
      }
    }
  }

  private static Auditing.Deed entry(Submission submission, Job job) {
    State after = JobChanges.stateOf(job).with("type", job.spec().type());
    return new Auditing.Deed(
        submission.caller(),
        job.tenant(),
        "job.submit",
        JobChanges.resource(job.id()),
        null,
        after);
  }
}
