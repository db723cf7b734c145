package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.EnrolmentRefusal;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.enrolment.EnrolmentTokenLookup;
import dev.muster.ports.out.enrolment.EnrolmentTokens;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Joining with a bootstrap or a registration token. */
public final class TokenEnrolment {
  private final Transactions transactions;
  private final EnrolmentTokenLookup lookup;
  private final EnrolmentTokens tokens;
  private final Agents agents;
  private final Tenants tenants;
  private final NewAgents newAgents;
  private final AttemptLimit limit;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Looks tokens up in {@code lookup} and takes their uses in {@code tokens}. */
  public TokenEnrolment(
      Transactions transactions,
      EnrolmentTokenLookup lookup,
      EnrolmentTokens tokens,
      Agents agents,
      Tenants tenants,
      NewAgents newAgents,
      AttemptLimit limit,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.tokens = tokens;
    this.agents = agents;
    this.tenants = tenants;
    this.newAgents = newAgents;
    this.limit = limit;
    this.auditing = auditing;
    this.clock = clock;
  }

  /**
   * Joins with a token.
   *
   * @param kind which tokens count; any other is as good as unknown
   */
  Outcome<Enrolled> join(
      Secret secret,
      Predicate<EnrolmentToken> kind,
      Applicant applicant,
      AuditEntry.Origin origin) {
    TokenHash hash = TokenHash.of(secret);
    Optional<EnrolmentToken> found =
        transactions.acrossTenants(() -> lookup.byHash(hash)).filter(kind);
    if (found.isEmpty()) {
      return limit.unauthenticated(origin);
    }
    EnrolmentToken token = found.get();
    Outcome<Enrolled> outcome = attempt(token, applicant, origin);
    if (isOvertaken(outcome) && applicant.registrationId() != null) {
      outcome = attempt(token, applicant, origin);
    }
    return outcome instanceof Outcome.Refused<Enrolled> refused
        ? limit.failed(outcome, origin, () -> noteRefusal(token, applicant, refused, origin))
        : outcome;
  }

  private Outcome<Enrolled> attempt(
      EnrolmentToken token, Applicant applicant, AuditEntry.Origin origin) {
    return transactions.inTenant(token.tenant(), () -> admit(token, applicant, origin));
  }

  /** The same call may have come in twice at once, and the other one is through by now. */
  private static boolean isOvertaken(Outcome<Enrolled> outcome) {
    return outcome instanceof Outcome.Refused<Enrolled> refused
        && (refused.refusal().code() == Code.AGENT_NAME_IN_USE
            || refused.refusal().code() == Code.TOKEN_EXHAUSTED);
  }

  private void noteRefusal(
      EnrolmentToken token,
      Applicant applicant,
      Outcome.Refused<Enrolled> refused,
      AuditEntry.Origin origin) {
    State why = State.of("name", applicant.name()).with("code", refused.refusal().code());
    auditing.refusedToApplicant(token.tenant(), "agent.registered", resource(token), why, origin);
  }

  private Outcome<Enrolled> admit(
      EnrolmentToken token, Applicant applicant, AuditEntry.Origin origin) {
    Instant now = clock.instant();
    if (isSuspended(token.tenant())) {
      return Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.");
    }
    if (token.revokedAt() != null) {
      return refused(EnrolmentRefusal.REVOKED);
    }
    Optional<Agent> before = joinedBefore(token, applicant, now);
    if (before.isPresent()) {
      return repeated(token, before.get(), now, origin);
    }
    Optional<EnrolmentRefusal> refusal = token.refusal(applicant.abilities(), now);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    if (!tokens.use(token.tenant(), token.id(), now)) {
      return refused(whyNotUsable(token, applicant, now));
    }
    return newAgents
        .make(token.tenant(), applicant, now)
        .map(enrolled -> noted(token, applicant, enrolled, now, origin));
  }

  private boolean isSuspended(TenantId tenant) {
    return tenants.find(tenant).orElseThrow().status() == TenantStatus.SUSPENDED;
  }

  private Optional<Agent> joinedBefore(EnrolmentToken token, Applicant applicant, Instant now) {
    UUID registration = applicant.registrationId();
    if (registration == null) {
      return Optional.empty();
    }
    Optional<AgentId> agent =
        tokens.joinedAs(token.tenant(), token.id(), registration, now.minus(Repeatable.TIME));
    return agent.flatMap(id -> agents.find(token.tenant(), id));
  }

  /** With the token as it is by now, which is not taken back meanwhile; it takes no use of it. */
  private Outcome<Enrolled> repeated(
      EnrolmentToken known, Agent agent, Instant now, AuditEntry.Origin origin) {
    Optional<EnrolmentToken> token = tokens.held(known.tenant(), known.id());
    if (token.isEmpty() || token.get().revokedAt() != null) {
      return refused(EnrolmentRefusal.REVOKED);
    }
    Optional<Enrolled> again = newAgents.again(agent, now);
    if (again.isEmpty()) {
      return Outcome.refused(
          Code.AGENT_NAME_IN_USE, "This registration was repeated too often, or is settled.");
    }
    State after = State.of("name", agent.name()).with("repeated", true);
    auditing.doneByApplicant(known.tenant(), "agent.registered", resource(agent), after, origin);
    return Outcome.done(again.get());
  }

  private Enrolled noted(
      EnrolmentToken token,
      Applicant applicant,
      Enrolled enrolled,
      Instant now,
      AuditEntry.Origin origin) {
    Agent agent = enrolled.agent();
    tokens.joined(token.tenant(), token.id(), agent.id(), applicant.registrationId(), now);
    State after = State.of("name", agent.name()).with("token", token.prefix());
    auditing.doneByApplicant(token.tenant(), "agent.registered", resource(agent), after, origin);
    return enrolled;
  }

  /** Asked of the token as it is by now: somebody came between. */
  private EnrolmentRefusal whyNotUsable(EnrolmentToken known, Applicant applicant, Instant now) {
    return tokens
        .find(known.tenant(), known.id())
        .flatMap(token -> token.refusal(applicant.abilities(), now))
        .orElse(EnrolmentRefusal.EXHAUSTED);
  }

  private static Outcome<Enrolled> refused(EnrolmentRefusal why) {
    return switch (why) {
      case REVOKED -> Outcome.refused(Code.TOKEN_REVOKED, "The token was taken back.");
      case EXPIRED -> Outcome.refused(Code.TOKEN_EXPIRED, "The token's time is over.");
      case EXHAUSTED -> Outcome.refused(Code.TOKEN_EXHAUSTED, "The token has no uses left.");
      case WRONG_REGION -> Outcome.refused(Code.WRONG_REGION, "The token demands another region.");
      case MISSING_CAPABILITY ->
          Outcome.refused(
              Code.MISSING_CAPABILITY, "The token demands a capability that is not there.");
      case MISSING_TOOL ->
          Outcome.refused(Code.MISSING_TOOL, "The token demands a tool that is not there.");
    };
  }

  private static Resource resource(EnrolmentToken token) {
    return new Resource("enrolment_token", token.id().toString().toLowerCase(Locale.ROOT));
  }

  private static Resource resource(Agent agent) {
    return new Resource("agent", agent.id().toString());
  }
}
