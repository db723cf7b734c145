package dev.muster.domain.credential;

/** The kinds of token that carry a prefix and a checksum. */
public enum TokenKind {
  /** Authenticates an operator or a tenant's user. */
  USER("mst_user_"),
  /** Authenticates one agent. */
  AGENT("mst_agent_"),
  /** Lets agents of one tenant enrol. */
  REGISTRATION("mst_reg_"),
  /** Reads, follows and cancels one job. */
  JOB("mst_job_"),
  /** Authenticates a shared agent that registered itself. */
  SHARED("mst_shared_");

  private final String prefix;

  TokenKind(String prefix) {
    this.prefix = prefix;
  }

  /** What every token of this kind begins with. */
  public String prefix() {
    return prefix;
  }
}
