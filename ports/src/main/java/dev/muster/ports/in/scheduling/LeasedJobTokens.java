package dev.muster.ports.in.scheduling;

import dev.muster.domain.credential.Secret;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;

/** With what the work of a job may call the server, in the job's own name. */
public interface LeasedJobTokens {
  /** The token of a job that its agent was just given; it reads, follows and cancels that job. */
  Secret of(LeasedJob leased);
}
