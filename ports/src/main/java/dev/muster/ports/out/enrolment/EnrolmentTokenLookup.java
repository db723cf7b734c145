package dev.muster.ports.out.enrolment;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.ports.out.CrossTenant;
import java.util.Optional;

/** Finding an enrolment token before its tenant is known. */
@CrossTenant("whose a token is, is known only after it was looked up")
public interface EnrolmentTokenLookup {
  /** The token of this hash, revoked, expired and exhausted ones too. */
  Optional<EnrolmentToken> byHash(TokenHash hash);
}
