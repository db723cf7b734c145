package dev.muster.ports.in.job;

import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.Reason;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why jobs wait. */
public interface JobExplanations {
  /** Why a job is where it is; {@code not_found}. */
  Outcome<Explained> explain(Caller caller, JobId job);

  /**
   * A job with the reasons.
   *
   * @param asOf when this was so
   * @param position its place in line, 1 for the next; null past 1,000 and when it is not due
   * @param expiresAt when it stops waiting, or null where it does not wait
   * @param reasons why it is where it is, never none
   */
  record Explained(
      JobStanding standing,
      Instant asOf,
      @Nullable Integer position,
      @Nullable Instant expiresAt,
      List<Reason> reasons) {
    /** Copies the list. */
    public Explained {
      reasons = List.copyOf(reasons);
    }
  }
}
