package dev.muster.ports.in.enrolment;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.SharedRegistration;
import dev.muster.domain.fleet.Agent;
import dev.muster.ports.Outcome;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How shared agents register themselves with the platform key, and come back for fresh tokens. */
public interface SharedEnrolment {
  /**
   * Registers an agent, or gives one that is known a fresh token. What was signed works once. A
   * wrong signature, an unknown key, a time too far off and a repetition are all {@code
   * unauthenticated}; another installation that lives under the name is {@code agent_name_in_use}.
   *
   * @param instance tells this installation from another of the same name, or null
   * @param declaration asked for only once the signature was found right; null where what is signed
   *     has no room for one
   */
  Outcome<SharedEnrolled> register(
      SharedRegistration signed,
      @Nullable UUID instance,
      @Nullable Supplier<Declaration> declaration,
      AuditEntry.Origin origin);

  /**
   * A shared agent with its token.
   *
   * @param updateKey at the first registration, else null
   */
  record SharedEnrolled(Agent agent, Secret token, Instant expiresAt, @Nullable Secret updateKey) {}
}
