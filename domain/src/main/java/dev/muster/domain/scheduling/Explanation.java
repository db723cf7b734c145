package dev.muster.domain.scheduling;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.Reason.Code;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.TenantStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says why a job is where it is: everything that stands between it and its start. */
public final class Explanation {
  private final Job job;
  private final Situation situation;
  private final List<Reason> reasons = new ArrayList<>();

  private Explanation(Job job, Situation situation) {
    this.job = job;
    this.situation = situation;
  }

  /** The reasons, those that must end first before the others; never none. */
  public static List<Reason> of(Job job, Situation situation) {
    Explanation explanation = new Explanation(job, situation);
    switch (job.status()) {
      case QUEUED -> explanation.waits();
      case ASSIGNED -> explanation.add(Code.ASSIGNED, "An agent has it and has yet to begin.");
      case RUNNING -> explanation.add(Code.RUNNING, "An agent works on it.");
      case COMPLETED, FAILED, CANCELLED, EXPIRED ->
          explanation.add(Code.ENDED, "It has ended: " + job.status().wireName() + ".");
    }
    return List.copyOf(explanation.reasons);
  }

  private void waits() {
    ofItself();
    ofItsTenant();
    reasons.addAll(
        Placement.isInline(job.workerType())
            ? InlineWorkersFor.reasons(QueuedJob.of(job), situation)
            : AgentsFor.reasons(QueuedJob.of(job), situation));
    ofTheLine();
    if (reasons.isEmpty()) {
      add(Code.NEXT, "Nothing stands in its way: the next poll that it fits takes it.");
    }
  }

  private void ofItself() {
    Instant from = job.availableAt();
    if (from != null && from.isAfter(situation.now())) {
      reasons.add(
          job.attempt() > 0
              ? new Reason(Code.RETRYING, "Its next attempt is put off after a failed one.", from)
              : new Reason(Code.DELAYED, "It was submitted to start later.", from));
    }
  }

  private void ofItsTenant() {
    TenantStanding standing = situation.standing();
    if (situation.tenant().status() == TenantStatus.SUSPENDED) {
      add(Code.TENANT_SUSPENDED, "Its tenant is suspended and starts nothing.");
    } else if (standing.room() == 0) {
      add(
          Code.AT_CAP,
          "Its tenant is at its cap: %d of %d jobs run."
              .formatted(standing.running(), standing.cap()));
    }
  }

  private void ofTheLine() {
    PoolShare share = situation.share();
    if (share != null && share.isUsedUp(situation.standing().weight())) {
      add(
          Code.ABOVE_SHARE,
          "Its tenant has its share of the agents: %d run, the share is %s."
              .formatted(share.running(), share.shown()));
    }
    Integer position = situation.position();
    if (isDue() && position == null) {
      add(Code.JOBS_AHEAD, "More than a thousand jobs are ahead of it.");
    } else if (position != null && position > 1) {
      add(Code.JOBS_AHEAD, ahead(position - 1));
    }
  }

  private boolean isDue() {
    Instant from = job.availableAt();
    return job.status() == JobStatus.QUEUED && (from == null || !from.isAfter(situation.now()));
  }

  private static String ahead(int jobs) {
    return jobs == 1 ? "One job is ahead of it." : "%d jobs are ahead of it.".formatted(jobs);
  }

  private void add(Code code, String text) {
    reasons.add(Reason.of(code, text));
  }
}
