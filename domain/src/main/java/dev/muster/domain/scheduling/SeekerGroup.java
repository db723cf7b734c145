package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Agents that the same jobs fit, the least loaded first. Used by one thread, for one plan. */
final class SeekerGroup {
  /** What decides which jobs fit an agent. */
  record Kind(
      TenantId tenant, Abilities abilities, String workerType, @Nullable TenantSlug servesTenant) {
    static Kind of(Seeker seeker) {
      return new Kind(
          seeker.tenant(), seeker.abilities(), seeker.workerType(), seeker.servesTenant());
    }
  }

  private final Seeker example;
  private final PriorityQueue<OpenSeeker> free = new PriorityQueue<>();

  SeekerGroup(Seeker example) {
    this.example = example;
  }

  /** One of its agents; for what {@link Kind} holds, it stands for all of them. */
  Seeker example() {
    return example;
  }

  void add(OpenSeeker seeker) {
    if (seeker.slots() > 0) {
      free.add(seeker);
    }
  }

  boolean isFull() {
    return free.isEmpty();
  }

  /** The least loaded of its agents, or null when none has a slot left. */
  @Nullable OpenSeeker least() {
    return free.peek();
  }

  /** Gives a job to the least loaded of its agents, which is told. */
  Seeker take() {
    OpenSeeker seeker = free.remove();
    add(seeker.withOneMore());
    return seeker.seeker();
  }
}
