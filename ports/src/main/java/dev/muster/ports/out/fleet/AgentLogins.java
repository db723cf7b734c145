package dev.muster.ports.out.fleet;

import dev.muster.domain.access.Permission;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finding an agent before its tenant is known. */
@CrossTenant("whose a key is, is known only after it was looked up")
public interface AgentLogins {
  /** The agents whose keys have these hashes and are neither revoked nor expired. */
  Map<TokenHash, Login> byKeys(Collection<TokenHash> hashes, Instant now);

  /** The agent whose key has this hash and is neither revoked nor expired. */
  default Optional<Login> byKey(TokenHash hash, Instant now) {
    return Optional.ofNullable(byKeys(List.of(hash), now).get(hash));
  }

  /**
   * Lets an installation speak as its agent from now on: the one that did so before, any where none
   * has said which it is, or another one once the agent was silent since {@code goneSince} and the
   * one before has had it for as long. One conditional statement.
   *
   * @return whether it does so from this moment on, and did not before; empty where another
   *     installation is alive under the agent's name
   */
  Optional<Boolean> settle(Agent agent, UUID installation, Instant at, Instant goneSince);

  /** The agent of this id, for somebody who acts as it. */
  Optional<Login> byId(AgentId agent);

  /** Agents last seen before {@code offlineSince} of whom that was not noted yet; notes it. */
  List<Agent> newlyOffline(Instant offlineSince, int limit);

  /**
   * An agent and what goes with it.
   *
   * @param granted what it may beside being an agent
   * @param keyGeneration how often all its keys have been taken back
   * @param keyUsedAt when the key was last used, accurate to a minute, or null
   * @param installation which installation speaks as it with keys of its own, or null where none
   *     has said
   */
  record Login(
      Agent agent,
      Set<Permission> granted,
      int keyGeneration,
      @Nullable Instant keyUsedAt,
      @Nullable UUID installation) {
    /** Copies the set. */
    public Login {
      granted = Set.copyOf(granted);
    }
  }
}
