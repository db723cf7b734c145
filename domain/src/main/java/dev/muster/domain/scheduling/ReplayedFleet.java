package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The agents in a {@link Simulation}, who wait as soon as they have a free slot.
 *
 * <p>A tenant's own agents wait only while something about that tenant has changed: nothing else
 * can bring them work, and there may be many of them.
 */
final class ReplayedFleet {
  private static final class Member {
    final Seeker seeker;
    final long lot;
    int leased;

    Member(Seeker seeker, long lot) {
      this.seeker = seeker;
      this.lot = lot;
    }

    Seeker now() {
      return new Seeker(
          seeker.agent(),
          seeker.tenant(),
          seeker.abilities(),
          seeker.workerType(),
          seeker.servesTenant(),
          seeker.maxConcurrent(),
          leased,
          seeker.maxConcurrent());
    }
  }

  private final WaitingAgents waiting = new WaitingAgents();
  private final Map<AgentId, Member> members = new LinkedHashMap<>();
  private final Map<TenantId, List<Member>> dedicated = new LinkedHashMap<>();

  /**
   * The agents, without any jobs.
   *
   * @param lots order agents that are equally loaded
   */
  ReplayedFleet(Collection<Seeker> agents, RandomGenerator lots) {
    agents.stream()
        .sorted(Comparator.comparing(agent -> agent.agent().value()))
        .map(agent -> new Member(agent, lots.nextLong()))
        .forEach(this::enter);
  }

  private void enter(Member member) {
    members.put(member.seeker.agent(), member);
    TenantId owner = member.seeker.tenant();
    if (!owner.isSystem()) {
      dedicated.computeIfAbsent(owner, tenant -> new ArrayList<>()).add(member);
    }
    showShared(member);
  }

  WaitingAgents waiting() {
    return waiting;
  }

  /** One of each kind, free or not. */
  List<Seeker> kinds() {
    Map<AgentKind, Seeker> kinds = new LinkedHashMap<>();
    members.values().forEach(one -> kinds.putIfAbsent(AgentKind.of(one.seeker), one.seeker));
    return List.copyOf(kinds.values());
  }

  int size() {
    return members.size();
  }

  int slots() {
    return members.values().stream().mapToInt(member -> member.seeker.maxConcurrent()).sum();
  }

  int sharedSlots() {
    return members.values().stream()
        .filter(member -> member.seeker.tenant().isSystem())
        .mapToInt(member -> member.seeker.maxConcurrent())
        .sum();
  }

  /** An agent is given a job by a plan, which has taken the slot. */
  void given(AgentId agent) {
    member(agent).leased++;
  }

  /** An agent has a job from the beginning on; one that is gone has it too. */
  void has(AgentId agent) {
    change(agent, 1);
  }

  /** An agent is done with a job. */
  void done(AgentId agent) {
    change(agent, -1);
  }

  private void change(AgentId agent, int jobs) {
    Member member = members.get(agent);
    if (member != null) {
      member.leased += jobs;
      showShared(member);
    }
  }

  private Member member(AgentId agent) {
    Member member = members.get(agent);
    if (member == null) {
      throw new IllegalStateException("no such agent");
    }
    return member;
  }

  private void showShared(Member member) {
    if (member.seeker.tenant().isSystem()) {
      show(member);
    }
  }

  private void show(Member member) {
    waiting.put(member.now(), member.lot);
  }

  /** Lets the own agents of these tenants wait. */
  void call(Collection<TenantId> owners) {
    owners.forEach(owner -> dedicated.getOrDefault(owner, List.of()).forEach(this::show));
  }

  /** Sends the own agents of these tenants away. */
  void dismiss(Collection<TenantId> owners) {
    owners.forEach(owner ->
        dedicated
            .getOrDefault(owner, List.of())
            .forEach(one -> waiting.remove(one.seeker.agent())));
  }
}
