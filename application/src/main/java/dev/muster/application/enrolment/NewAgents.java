package dev.muster.application.enrolment;

import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes agents and issues their secrets, within an open transaction in their tenant. */
public final class NewAgents {
  /** How often the answer to one registration may be asked for again. */
  static final int MOST_REPEATED = 5;

  private final Agents agents;
  private final AgentKeys keys;
  private final AgentLogins logins;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Ids ids;

  /** Keeps agents in {@code agents}, hashes and sealed keys in {@code keys}. */
  public NewAgents(
      Agents agents,
      AgentKeys keys,
      AgentLogins logins,
      Wakeups wakeups,
      Secrets secrets,
      Ids ids) {
    this.agents = agents;
    this.keys = keys;
    this.logins = logins;
    this.wakeups = wakeups;
    this.secrets = secrets;
    this.ids = ids;
  }

  Outcome<Enrolled> make(TenantId tenant, Applicant applicant, Instant now) {
    return make(tenant, applicant, now, null);
  }

  /** One whose key ends then; null for never. */
  Outcome<Enrolled> make(
      TenantId tenant, Applicant applicant, Instant now, @Nullable Instant keyEnd) {
    Agent agent = agentOf(tenant, applicant, now);
    return agents.add(tenant, agent)
        ? Outcome.done(issueSecrets(agent, now, keyEnd))
        : Outcome.refused(
            Code.AGENT_NAME_IN_USE,
            "There is an agent of this name. Delete it first, or choose another name.");
  }

  private Agent agentOf(TenantId tenant, Applicant applicant, Instant now) {
    return new Agent(
        new AgentId(ids.next(now)),
        tenant,
        applicant.name(),
        applicant.abilities(),
        Tenant.DEFAULT_WORKER_TYPE,
        null,
        applicant.maxConcurrent(),
        0,
        true,
        false,
        applicant.version(),
        null,
        now);
  }

  /**
   * Fresh secrets for an agent whose first answer may have been lost: the old ones end. Empty where
   * it was not, because its key was used, or where anybody decided something about the agent since:
   * what was taken back does not come again. The agent's row is locked, as whoever steers it does.
   */
  Optional<Enrolled> again(Agent agent, Instant now) {
    if (!isAsItJoined(agent, now)) {
      return Optional.empty();
    }
    keys.endAll(agent.tenant(), agent.id(), now, now);
    wakeups.credentialsChanged();
    wakeups.agentConcerned(agent.id());
    return Optional.of(issueSecrets(agent, now, null));
  }

  private boolean isAsItJoined(Agent agent, Instant now) {
    return agents.lock(agent.tenant(), agent.id()).filter(Agent::enabled).isPresent()
        && logins
            .byId(agent.id())
            .filter(login -> login.keyGeneration() == 0 && login.granted().isEmpty())
            .isPresent()
        && hasOneUnusedKey(agent, now);
  }

  private boolean hasOneUnusedKey(Agent agent, Instant now) {
    List<AgentKey> issued = keys.list(agent.tenant(), agent.id());
    List<AgentKey> live =
        issued.stream()
            .filter(key -> key.revokedAt() == null)
            .filter(key -> key.expiresAt() == null || key.expiresAt().isAfter(now))
            .toList();
    return issued.size() <= MOST_REPEATED
        && live.size() == 1
        && live.getFirst().lastUsedAt() == null;
  }

  private Enrolled issueSecrets(Agent agent, Instant now, @Nullable Instant keyEnd) {
    Secret apiKey = secrets.token(TokenKind.AGENT);
    String prefix = Secrets.prefixOf(apiKey, TokenKind.AGENT);
    keys.add(agent.tenant(), agent.id(), TokenHash.of(apiKey), prefix, now, keyEnd);
    return new Enrolled(agent, apiKey, UpdateKeys.fresh(agent, keys, secrets));
  }
}
