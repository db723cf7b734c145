package dev.muster.ports.in.enrolment;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an agent joins. Unknown tokens and keys are {@code unauthenticated}, all alike. Where too
 * many attempts from one address fail or bring no token, further ones are {@code rate_limited}.
 */
public interface Enrolment {
  /** Joins the platform's agents with a bootstrap token. */
  Outcome<Enrolled> withBootstrapToken(Secret token, Applicant applicant, AuditEntry.Origin origin);

  /** Joins a tenant's agents with one of its registration tokens. */
  Outcome<Enrolled> withRegistrationToken(
      Secret token, Applicant applicant, AuditEntry.Origin origin);

  /**
   * Joins a tenant's agents with no proof; {@code legacy_registration_disabled} unless an operator
   * has switched that on, {@code not_found} for a tenant that is not there.
   *
   * @param tenant the tenant, or null for the local one; {@code invalid} without local mode
   */
  Outcome<Enrolled> withoutToken(
      @Nullable TenantId tenant, Applicant applicant, AuditEntry.Origin origin);

  /**
   * Joins the local tenant's agents; {@code not_found} where local mode is off.
   *
   * @param rotate whether an agent of this name that is there already is replaced, with its secrets
   */
  Outcome<LocalEnrolment> locally(
      Secret localAgentKey, Applicant applicant, boolean rotate, AuditEntry.Origin origin);

  /**
   * Makes a platform agent on an operator's word.
   *
   * @param keyLife how long its key is good, or null for one that does not expire
   */
  Outcome<Enrolled> byOperator(Caller caller, Applicant applicant, @Nullable Duration keyLife);

  /**
   * Who wants to join, as they say.
   *
   * @param version of the agent's program, or null
   * @param registrationId chosen by the agent, so that a lost answer can be asked for again; or
   *     null
   */
  record Applicant(
      AgentName name,
      Abilities abilities,
      int maxConcurrent,
      @Nullable String version,
      @Nullable UUID registrationId) {}

  /** A new agent with the secrets that are shown this once. */
  record Enrolled(Agent agent, Secret apiKey, Secret updateKey) {}

  /** How a local enrolment ended. */
  sealed interface LocalEnrolment {
    /** The agent is new. */
    record New(Enrolled enrolled) implements LocalEnrolment {}

    /** An agent of this name is there already; its secrets were shown when it joined. */
    record Known(Agent agent) implements LocalEnrolment {}
  }
}
