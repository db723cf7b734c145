package dev.muster.ports.out.fleet;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.Agent;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finding an agent before its tenant is known. */
@CrossTenant("whose a key is, is known only after it was looked up")
public interface AgentLogins {
  /** The agent whose key has this hash and is neither revoked nor expired. */
  Optional<Agent> byKey(TokenHash hash, Instant now);

  /** Agents last seen before {@code offlineSince} of whom that was not noted yet; notes it. */
  List<Agent> newlyOffline(Instant offlineSince, int limit);
}
