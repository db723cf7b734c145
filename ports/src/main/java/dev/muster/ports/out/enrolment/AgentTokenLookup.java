package dev.muster.ports.out.enrolment;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.ports.out.CrossTenant;
import java.util.Optional;

/** Finding an agent token before its tenant is known. */
@CrossTenant("whose a token is, is known only after it was looked up")
public interface AgentTokenLookup {
  /** The token of this hash that was not taken back. */
  Optional<AgentToken> live(TokenHash hash);
}
