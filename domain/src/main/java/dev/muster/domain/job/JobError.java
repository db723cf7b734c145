package dev.muster.domain.job;

/**
 * Why a job failed.
 *
 * @param errorClass a stable name such as {@code lease_lost}
 * @param message for people; redacted by the agent
 */
public record JobError(String errorClass, String message) {
  /** No agent that fits had a free slot, and the job did not want to wait. */
  public static final String NO_AGENT_AVAILABLE = "no_agent_available";

  /** The agent was not heard of for a whole lease, and no attempt was left. */
  public static final String LEASE_LOST = "lease_lost";

  /** It took longer than its run timeout. */
  public static final String RUN_TIMEOUT = "run_timeout";

  /** Nobody took it in time. */
  public static final String QUEUE_TIMEOUT = "queue_timeout";

  /** It was to be cancelled, and its agent never said that it had stopped. */
  public static final String CANCEL_UNCONFIRMED = "cancel_unconfirmed";
}
