package dev.muster.domain.scheduling;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides which jobs go to which agents.
 *
 * <p>Pure: the plan follows from the view and the agents alone. Jobs are taken in the order of
 * {@link QueuePriority}, no tenant above its cap, no agent above its slots. Where a job fits
 * several agents, the one with the smallest part of its slots in use gets it, and among equals the
 * one that was named first. A plan for many agents and slots grants what as many plans for one
 * grant each would, made one after another.
 *
 * <p>The cost is that of a heap of the candidates, and for each grant of looking at the kinds of
 * agents that still have a slot.
 */
public final class ClaimPlanner {
  private ClaimPlanner() {}

  /**
   * The plan, in the order in which it was made.
   *
   * @param view whose {@code loads} name every tenant that may start work; others start nothing
   * @param seekers each agent at most once
   */
  public static List<Grant> plan(QueueView view, List<Seeker> seekers) {
    CapRoom room = new CapRoom(view.loads());
    List<QueuedJob> startable =
        view.candidates().stream().filter(job -> room.has(job.tenant())).toList();
    return plan(view, new Seekers(view, seekers), room, new FormulaTurns(startable, view.now()));
  }

  private static List<Grant> plan(QueueView view, Seekers seekers, CapRoom room, Turns turns) {
    List<Grant> grants = new ArrayList<>();
    while (seekers.haveSlots()) {
      QueuedJob job = turns.next();
      if (job == null) {
        break;
      }
      TenantLoad load = view.loads().get(job.tenant());
      if (load == null || !room.has(job.tenant())) {
        continue;
      }
      Seeker seeker = seekers.take(job, load.slug());
      if (seeker != null) {
        room.take(job.tenant());
        turns.granted(job);
        grants.add(new Grant(job.tenant(), job.id(), seeker.agent()));
      }
    }
    return List.copyOf(grants);
  }
}
