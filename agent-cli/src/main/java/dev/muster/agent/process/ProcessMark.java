package dev.muster.agent.process;

/**
 * Tells whose work a process does; inherited by its children through the environment. Immutable.
 *
 * @param job the job's id
 * @param attempt which try of it
 * @param agentInstance whose processes these are
 */
public record ProcessMark(String job, int attempt, String agentInstance) {
  /** The environment variable that carries it. */
  public static final String VARIABLE = "MUSTER_JOB";

  /** The value of the variable. */
  @Override
  public String toString() {
    return job + ":" + attempt + ":" + agentInstance;
  }

  static boolean isOf(String value, String agentInstance) {
    return value.endsWith(":" + agentInstance);
  }
}
