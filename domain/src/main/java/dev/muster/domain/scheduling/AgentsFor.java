package dev.muster.domain.scheduling;

import dev.muster.domain.scheduling.Reason.Code;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Why no agent takes a job that goes to agents; nothing where one with a free slot could. */
final class AgentsFor {
  private final QueuedJob job;
  private final Situation situation;
  private final List<AgentCrowd> all;
  private final List<AgentCrowd> online;

  private AgentsFor(QueuedJob job, Situation situation) {
    this.job = job;
    this.situation = situation;
    this.all =
        situation.crowds().stream()
            .filter(crowd -> !Placement.isInline(crowd.example().workerType()))
            .toList();
    this.online = all.stream().filter(crowd -> crowd.online() > 0).toList();
  }

  static List<Reason> reasons(QueuedJob job, Situation situation) {
    return new AgentsFor(job, situation).reasons();
  }

  private List<Reason> reasons() {
    List<AgentCrowd> able = able(online);
    if (online.isEmpty()) {
      return List.of(Reason.of(Code.NO_AGENT_ONLINE, nobodyOnline()));
    }
    if (able.isEmpty()) {
      return List.of(Reason.of(Code.NO_AGENT_FITS, nobodyFits()));
    }
    if (sum(able, AgentCrowd::taking) == 0) {
      String text = "The online agents that could run it (%d) are draining or disabled.";
      return List.of(
          Reason.of(Code.AGENTS_DRAINING, text.formatted(sum(able, AgentCrowd::online))));
    }
    if (sum(able, AgentCrowd::freeSlots) == 0) {
      String text = "The online agents that could run it (%d) have as many jobs as they take.";
      return List.of(Reason.of(Code.AGENTS_FULL, text.formatted(sum(able, AgentCrowd::taking))));
    }
    return ofItsRegion(able);
  }

  /** A full agent there is waited for, as long as patience lasts. */
  private List<Reason> ofItsRegion(List<AgentCrowd> able) {
    List<AgentCrowd> there =
        able.stream()
            .filter(crowd -> crowd.taking() > 0)
            .filter(crowd -> !Matching.prefersAnother(job, crowd.example()))
            .toList();
    boolean waits =
        !there.isEmpty()
            && sum(there, AgentCrowd::freeSlots) == 0
            && !Matching.hasLostPatience(job, situation.now(), situation.regionPatience());
    return waits
        ? List.of(
            new Reason(
                Code.WAITING_FOR_REGION,
                "It waits for an agent of %s: those there are full."
                    .formatted(job.requirements().preferredRegion()),
                job.queuedAt().plus(situation.regionPatience())))
        : List.of();
  }

  private List<AgentCrowd> able(Collection<AgentCrowd> crowds) {
    return crowds.stream()
        .filter(crowd -> Matching.fitsButForRegion(job, situation.tenant().slug(), crowd.example()))
        .toList();
  }

  private String nobodyOnline() {
    String whose = job.pool() == Pool.SHARED ? "shared agent" : "agent of its tenant's own";
    int away = sum(able(all), AgentCrowd::agents);
    return away == 0
        ? "No %s is online.".formatted(whose)
        : "No %s is online; %d that could run it are away.".formatted(whose, away);
  }

  private String nobodyFits() {
    List<String> missing = new ArrayList<>();
    missing(job.requirements().capabilities(), one -> one.abilities().capabilities())
        .forEach(label -> missing.add("the capability " + label));
    missing(job.requirements().tools(), one -> one.abilities().tools())
        .forEach(label -> missing.add("the tool " + label));
    if (online.stream().noneMatch(crowd -> crowd.example().workerType().equals(job.workerType()))) {
      missing.add("the worker type " + job.workerType());
    }
    int away = sum(able(all), AgentCrowd::agents);
    String others = away == 0 ? "" : " %d that could run it are away.".formatted(away);
    return (missing.isEmpty()
            ? "No online agent that serves its tenant has all that it requires."
            : "No online agent has " + String.join(", nor ", missing) + ".")
        + others;
  }

  private List<String> missing(
      Collection<String> required, Function<Seeker, Collection<String>> had) {
    return required.stream()
        .filter(
            label -> online.stream().noneMatch(crowd -> had.apply(crowd.example()).contains(label)))
        .toList();
  }

  private static int sum(Collection<AgentCrowd> crowds, ToIntFunction<AgentCrowd> count) {
    return crowds.stream().mapToInt(count).sum();
  }
}
