package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.fleet.Withdrawal;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.enrolment.Enrolment.LocalEnrolment;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Joining the one tenant of local mode, once the key was found right. */
public final class LocalJoining {
  private final Transactions transactions;
  private final NewAgents newAgents;
  private final Repeatable repeatable;
  private final Agents agents;
  private final Tenants tenants;
  private final Withdrawal withdrawal;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Joins agents to the tenant that {@code tenants} knows as the local one. */
  public LocalJoining(
      Transactions transactions,
      NewAgents newAgents,
      Repeatable repeatable,
      Agents agents,
      Tenants tenants,
      Withdrawal withdrawal,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.newAgents = newAgents;
    this.repeatable = repeatable;
    this.agents = agents;
    this.tenants = tenants;
    this.withdrawal = withdrawal;
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
  }

  Outcome<LocalEnrolment> join(Applicant applicant, boolean rotate, Origin origin) {
    Optional<Tenant> local = transactions.acrossTenants(() -> tenants.bySlug(TenantSlug.LOCAL));
    if (local.isEmpty()) {
      return Outcome.refused(Code.NOT_READY, "The local tenant is not there yet.");
    }
    TenantId tenant = local.get().id();
    if (local.get().status() == TenantStatus.SUSPENDED) {
      State why = State.of("name", applicant.name()).with("code", Code.TENANT_SUSPENDED);
      Resource resource = new Resource("tenant", TenantSlug.LOCAL.value());
      auditing.refusedToApplicant(tenant, "agent.registered", resource, why, origin);
      return Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.");
    }
    Outcome<LocalEnrolment> joined = attempt(tenant, applicant, rotate, origin);
    return isNameTaken(joined) ? attempt(tenant, applicant, rotate, origin) : joined;
  }

  /** Somebody of the same name joined between the look and the attempt: now it is known. */
  private static boolean isNameTaken(Outcome<LocalEnrolment> joined) {
    return joined instanceof Outcome.Refused<LocalEnrolment> refused
        && refused.refusal().code() == Code.AGENT_NAME_IN_USE;
  }

  private Outcome<LocalEnrolment> attempt(
      TenantId tenant, Applicant applicant, boolean rotate, Origin origin) {
    Optional<Agent> replaced = rotate ? before(tenant, applicant) : Optional.empty();
    Outcome<LocalEnrolment> joined =
        transactions.inTenant(tenant, () -> joined(tenant, applicant, rotate, origin));
    if (joined instanceof Outcome.Done<LocalEnrolment>(LocalEnrolment.New made)) {
      replaced
          .filter(old -> !old.id().equals(made.enrolled().agent().id()))
          .ifPresent(old -> withdrawal.ofAll(old.id()));
    }
    return joined;
  }

  private Optional<Agent> before(TenantId tenant, Applicant applicant) {
    return transactions.inTenant(tenant, () -> agents.byName(tenant, applicant.name()));
  }

  private Outcome<LocalEnrolment> joined(
      TenantId tenant, Applicant applicant, boolean rotate, Origin origin) {
    Instant now = clock.instant();
    Optional<Enrolled> repeated =
        repeatable
            .before(tenant, Flow.LOCAL, applicant, now)
            .flatMap(agent -> newAgents.again(agent, now));
    if (repeated.isPresent()) {
      Agent agent = repeated.get().agent();
      note(agent, State.of("name", agent.name()).with("repeated", true), origin);
      return made(repeated.get());
    }
    Optional<Agent> known = agents.byName(tenant, applicant.name());
    if (known.isPresent() && !rotate) {
      return Outcome.done(new LocalEnrolment.Known(known.get()));
    }
    known.ifPresent(this::remove);
    return newAgents
        .make(tenant, applicant, now)
        .map(enrolled -> {
          State after = State.of("name", enrolled.agent().name());
          known.ifPresent(old -> after.with("replaces", old.id()));
          note(enrolled.agent(), after, origin);
          repeatable.joined(enrolled.agent(), Flow.LOCAL, applicant.registrationId(), now);
          return new LocalEnrolment.New(enrolled);
        });
  }

  /** With its credentials, which are out from the commit on. */
  private void remove(Agent old) {
    agents.remove(old.tenant(), old.id());
    wakeups.credentialsChanged();
    wakeups.agentConcerned(old.id());
  }

  private static Outcome<LocalEnrolment> made(Enrolled enrolled) {
    return Outcome.done(new LocalEnrolment.New(enrolled));
  }

  private void note(Agent agent, State after, Origin origin) {
    Resource resource = new Resource("agent", agent.id().toString());
    auditing.doneByApplicant(agent.tenant(), "agent.registered", resource, after, origin);
  }
}
