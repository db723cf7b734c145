package dev.muster.ports.out.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The leases that an agent holds, over all tenants that it serves. */
@CrossTenant("a platform agent holds leases of many tenants")
public interface Leases {
  /**
   * Renews the leases that the agent names with their newest attempt, in one conditional statement,
   * and counts a miss for each of its jobs that it does not name.
   *
   * @param named the jobs with the attempts that the agent says it works on
   * @param knownSince what was assigned later may not have reached the agent when it spoke, so that
   *     it is no miss
   */
  Renewal renew(AgentId agent, Map<JobId, Integer> named, Instant until, Instant knownSince);

  /**
   * Renews for many agents at once. A job whose row somebody holds at this moment is left out, and
   * neither renewed nor missed: a look at its agent alone waits for them.
   *
   * @param named by agent, the jobs with the attempts that it says it works on
   * @return by agent, of all that were asked about
   */
  Map<AgentId, Renewal> renew(
      Map<AgentId, Map<JobId, Integer>> named, Instant until, Instant knownSince);

  /**
   * What a renewal found.
   *
   * @param renewed jobs whose lease now lasts longer
   * @param cancelRequested those among them that are to be stopped
   * @param missedTwice jobs that the agent has not named twice in a row
   */
  record Renewal(List<JobId> renewed, List<JobId> cancelRequested, List<Ref> missedTwice) {
    /** Of somebody who has nothing. */
    public static final Renewal NOTHING = new Renewal(List.of(), List.of(), List.of());
  }
}
