package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joining with no proof at all, where an operator has switched that on: never in silence. */
public final class LegacyJoining {
  private static final Logger LOG = LoggerFactory.getLogger(LegacyJoining.class);

  private final Transactions transactions;
  private final NewAgents newAgents;
  private final Repeatable repeatable;
  private final Tenants tenants;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Joins agents to the tenants that {@code tenants} knows. */
  public LegacyJoining(
      Transactions transactions,
      NewAgents newAgents,
      Repeatable repeatable,
      Tenants tenants,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.newAgents = newAgents;
    this.repeatable = repeatable;
    this.tenants = tenants;
    this.auditing = auditing;
    this.clock = clock;
  }

  /**
   * Joins.
   *
   * @param wanted the tenant that is named, or null
   * @param local whether the local tenant takes who names none
   */
  Outcome<Enrolled> join(
      @Nullable TenantId wanted, boolean local, Applicant applicant, Origin origin) {
    LOG.warn(
        "event=legacy_registration address={} request_id={} tenant={}",
        origin.address(),
        origin.requestId(),
        wanted);
    if (wanted == null && !local) {
      return new Outcome.Refused<>(
          Refusal.invalid("/tenant_id", "is required without a registration_token"));
    }
    Optional<Tenant> tenant =
        transactions.acrossTenants(
            () -> wanted == null ? tenants.bySlug(TenantSlug.LOCAL) : tenants.find(wanted));
    if (tenant.isEmpty() && wanted == null) {
      return Outcome.refused(Code.NOT_READY, "The local tenant is not there yet.");
    }
    return tenant
        .filter(known -> !known.id().isSystem())
        .map(known -> admitted(known, applicant, origin))
        .orElseGet(() -> Outcome.refused(Code.NOT_FOUND, "There is no such tenant."));
  }

  private Outcome<Enrolled> admitted(Tenant tenant, Applicant applicant, Origin origin) {
    Outcome<Enrolled> outcome =
        tenant.status() == TenantStatus.SUSPENDED
            ? Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.")
            : attempt(tenant.id(), applicant, origin);
    if (isOvertaken(outcome) && applicant.registrationId() != null) {
      outcome = attempt(tenant.id(), applicant, origin);
    }
    if (outcome instanceof Outcome.Refused<Enrolled> refused) {
      State why = State.of("name", applicant.name()).with("code", refused.refusal().code());
      Resource resource = new Resource("tenant", tenant.id().toString());
      auditing.refusedToApplicant(
          tenant.id(), "agent.registered", resource, why.with("legacy", true), origin);
    }
    return outcome;
  }

  private Outcome<Enrolled> attempt(TenantId tenant, Applicant applicant, Origin origin) {
    return transactions.inTenant(tenant, () -> joined(tenant, applicant, origin));
  }

  /** The same call may have come in twice at once, and the other one is through by now. */
  private static boolean isOvertaken(Outcome<Enrolled> outcome) {
    return outcome instanceof Outcome.Refused<Enrolled> refused
        && refused.refusal().code() == Code.AGENT_NAME_IN_USE;
  }

  private Outcome<Enrolled> joined(TenantId tenant, Applicant applicant, Origin origin) {
    Instant now = clock.instant();
    Optional<Agent> before = repeatable.before(tenant, Flow.LEGACY, applicant, now);
    Optional<Enrolled> again = before.flatMap(agent -> newAgents.again(agent, now));
    if (again.isPresent()) {
      note(again.get().agent(), true, origin);
      return Outcome.done(again.get());
    }
    return newAgents
        .make(tenant, applicant, now)
        .map(enrolled -> {
          note(enrolled.agent(), false, origin);
          repeatable.joined(enrolled.agent(), Flow.LEGACY, applicant.registrationId(), now);
          return enrolled;
        });
  }

  private void note(Agent agent, boolean repeated, Origin origin) {
    State after = State.of("name", agent.name()).with("legacy", true).with("repeated", repeated);
    Resource resource = new Resource("agent", agent.id().toString());
    auditing.doneByApplicant(agent.tenant(), "agent.registered", resource, after, origin);
  }
}
