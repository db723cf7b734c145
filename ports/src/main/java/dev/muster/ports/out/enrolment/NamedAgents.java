package dev.muster.ports.out.enrolment;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Agents that come by name, with a credential that many share: an agent token, or the platform key.
 */
public interface NamedAgents {
  /** The agent of a name, where it comes so. */
  Optional<NamedAgent> find(TenantId tenant, AgentName name);

  /**
   * Notes that an agent, which is there already, comes by name, and counts it in one conditional
   * statement; false, and nothing noted, where the tenant has as many of them as it may. One that
   * is removed is not counted any more.
   *
   * @param most how many the tenant may have
   */
  boolean add(TenantId tenant, AgentId agent, Flow flow, Presence presence, int most);

  /**
   * Lets an installation speak under a name, in one conditional statement: the one that does
   * already, any where none does, and another one where the agent has been silent and its name not
   * been taken since {@code onlineSince}. False where somebody else lives there. Who does not say
   * which it is, is another one than any that did.
   */
  boolean speak(TenantId tenant, AgentId agent, Presence presence, Instant onlineSince);

  /** Replaces what an agent says of itself. */
  void declare(
      TenantId tenant,
      AgentId agent,
      Abilities abilities,
      int maxConcurrent,
      @Nullable String version);

  /** The agents that last presented something. */
  List<AgentId> whoPresented(TenantId tenant, UUID presented);

  /**
   * Gives a shared agent a token, and has those it had end a little later, or at once.
   *
   * @param othersEnd when the others end at the latest
   */
  void giveToken(TenantId tenant, AgentId agent, SharedToken token, Instant othersEnd);

  /**
   * Who speaks under a name.
   *
   * @param instance which installation, or null for one that does not say
   * @param presented the id of what it presented
   * @param at when
   */
  record Presence(@Nullable UUID instance, UUID presented, Instant at) {}

  /**
   * An agent that comes by name.
   *
   * @param instance the installation that speaks under it, or null where none has said
   * @param presented what was presented last
   */
  record NamedAgent(Agent agent, Flow flow, @Nullable UUID instance, UUID presented) {}

  /** A token of a shared agent's. */
  record SharedToken(
      TokenHash hash, String prefix, Instant from, Instant until, PlatformKeyId key) {}
}
