package dev.muster.ports.out.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which agents are to be told to look for a release. {@link
 * dev.muster.ports.out.scheduling.AgentNews} tells them once.
 */
@CrossTenant("a rollout reaches agents of all tenants")
public interface Nudges {
  /** How long after its moment an agent is still told: by then it has looked by itself. */
  Duration GOOD_FOR = Duration.ofMinutes(10);

  /**
   * Agents that could take a release: they have an update key, were there after a moment, and have
   * applied neither this release nor a later one.
   */
  List<Candidate> candidates(long sequence, Instant after);

  /**
   * Agents to be told. One that is to be told of something already is told once, at the new moment.
   * What has lapsed before {@code now} is forgotten.
   */
  void add(long sequence, Collection<Nudge> nudges, Instant now);

  /** Nobody is to be told of a release any more. */
  void remove(long sequence);

  /**
   * An agent that could take a release.
   *
   * @param region where it is, or null
   */
  record Candidate(TenantId tenant, AgentId agent, @Nullable String region) {}

  /** An agent, and when it is to be told. */
  record Nudge(TenantId tenant, AgentId agent, Instant due) {}
}
