package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.scheduling.Reason.Code;
import dev.muster.domain.tenancy.Placement;
import java.util.ArrayList;
import java.util.List;

/** Why no replica takes a job that the server runs itself; nothing where one could. */
final class InlineWorkersFor {
  private InlineWorkersFor() {}

  static List<Reason> reasons(QueuedJob job, Situation situation) {
    List<AgentCrowd> taking =
        situation.crowds().stream()
            .filter(crowd -> Placement.isInline(crowd.example().workerType()))
            .filter(crowd -> crowd.taking() > 0)
            .toList();
    if (taking.isEmpty()) {
      return List.of(
          Reason.of(
              Code.NO_INLINE_SLOTS,
              "The server is to run it itself, and no replica that is up has inline slots."));
    }
    List<AgentCrowd> able =
        taking.stream()
            .filter(
                crowd -> Matching.fitsButForRegion(job, situation.tenant().slug(), crowd.example()))
            .toList();
    if (able.isEmpty()) {
      return List.of(Reason.of(Code.NO_AGENT_FITS, lacks(job, taking.getFirst().example())));
    }
    return able.stream().anyMatch(crowd -> crowd.freeSlots() > 0)
        ? List.of()
        : List.of(
            Reason.of(
                Code.INLINE_SLOTS_FULL,
                "All inline slots of the replicas (%d) are taken."
                    .formatted(able.stream().mapToInt(AgentCrowd::taking).sum())));
  }

  private static String lacks(QueuedJob job, Seeker worker) {
    Abilities has = worker.abilities();
    List<String> missing = new ArrayList<>();
    job.requirements().capabilities().stream()
        .filter(label -> !has.capabilities().contains(label))
        .forEach(label -> missing.add("the capability " + label));
    job.requirements().tools().stream()
        .filter(label -> !has.tools().contains(label))
        .forEach(label -> missing.add("the tool " + label));
    return "The server is to run it itself, and has not " + String.join(", nor ", missing) + ".";
  }
}
