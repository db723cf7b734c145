package dev.muster.application.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.out.scheduling.AgentNews.News;
import java.util.Optional;

/** What an agent that polls could be given: what it names, and never more than it enrolled with. */
final class Seeking {
  private Seeking() {}

  /** Empty where it is to be given nothing now. */
  static Optional<Seeker> of(Claim claim, News its) {
    Agent agent = its.agent();
    String workerType = claim.workerType() == null ? agent.workerType() : claim.workerType();
    if (!agent.takesWork()
        || !its.isEmpty()
        || servesNobody(agent, claim)
        || Placement.isInline(workerType) != agent.isInline()) {
      return Optional.empty();
    }
    Abilities abilities =
        claim.abilities() == null ? agent.abilities() : claim.abilities().within(agent.abilities());
    return Optional.of(
            new Seeker(
                agent.id(),
                agent.tenant(),
                abilities,
                workerType,
                claim.tenant() == null ? agent.servesTenant() : claim.tenant(),
                claim.maxJobs(),
                agent.leased(),
                agent.maxConcurrent()))
        .filter(seeker -> seeker.slots() > 0);
  }

  private static boolean servesNobody(Agent agent, Claim claim) {
    TenantSlug enrolledFor = agent.servesTenant();
    return enrolledFor != null && claim.tenant() != null && !enrolledFor.equals(claim.tenant());
  }
}
