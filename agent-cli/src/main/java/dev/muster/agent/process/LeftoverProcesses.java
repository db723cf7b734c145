package dev.muster.agent.process;

import java.time.Duration;
import java.util.Set;

/** What an agent that was killed has left running. */
public final class LeftoverProcesses {
  private LeftoverProcesses() {}

  /**
   * Ends the processes of jobs that an earlier run of this agent had started. To be called at
   * start, before the first job: it cannot tell them from those of jobs that run now.
   *
   * @param agentInstance the agent's id, as it marked its processes
   * @param grace between asking and killing
   * @param groups where it may have put them
   * @return those that could not be killed
   */
  public static Set<Long> reap(String agentInstance, JobGroups groups, Duration grace) {
    Set<Long> left = ProcessFamily.ofAgent(agentInstance, groups.all()).stop(grace);
    groups.all().ifPresent(ControlGroup::remove);
    return left;
  }
}
