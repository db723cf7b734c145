package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.BootstrapTokenText;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.credential.Tokens;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Enrolment;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways in which agents join. */
public final class EnrolmentService implements Enrolment {
  private static final Logger LOG = LoggerFactory.getLogger(EnrolmentService.class);

  private final Transactions transactions;
  private final TokenEnrolment byToken;
  private final NewAgents newAgents;
  private final Agents agents;
  private final Tenants tenants;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Optional<Secret> localAgentKey;

  /**
   * Joins agents.
   *
   * @param localAgentKey the key of local mode, or empty where local mode is off
   */
  public EnrolmentService(
      Transactions transactions,
      TokenEnrolment byToken,
      NewAgents newAgents,
      Agents agents,
      Tenants tenants,
      Auditing auditing,
      InstantSource clock,
      Optional<Secret> localAgentKey) {
    this.transactions = transactions;
    this.byToken = byToken;
    this.newAgents = newAgents;
    this.agents = agents;
    this.tenants = tenants;
    this.auditing = auditing;
    this.clock = clock;
    this.localAgentKey = localAgentKey;
  }

  @Override
  public Outcome<Enrolled> withBootstrapToken(
      Secret token, Applicant applicant, AuditEntry.Origin origin) {
    return BootstrapTokenText.idOf(token).isPresent()
        ? byToken.join(token, found -> found.tenant().isSystem(), applicant, origin)
        : unauthenticated(origin);
  }

  @Override
  public Outcome<Enrolled> withRegistrationToken(
      Secret token, Applicant applicant, AuditEntry.Origin origin) {
    return Tokens.kindOf(token).filter(TokenKind.REGISTRATION::equals).isPresent()
        ? byToken.join(token, found -> !found.tenant().isSystem(), applicant, origin)
        : unauthenticated(origin);
  }

  @Override
  public Outcome<LocalEnrolment> locally(
      Secret key, Applicant applicant, AuditEntry.Origin origin) {
    if (localAgentKey.isEmpty()) {
      return Outcome.refused(Code.NOT_FOUND, "Local mode is off.");
    }
    if (!localAgentKey.get().matches(key)) {
      return unauthenticated(origin);
    }
    Optional<Tenant> local = transactions.acrossTenants(() -> tenants.bySlug(TenantSlug.LOCAL));
    if (local.isEmpty()) {
      return Outcome.refused(Code.NOT_READY, "The local tenant is not there yet.");
    }
    TenantId tenant = local.get().id();
    if (local.get().status() == TenantStatus.SUSPENDED) {
      State why = State.of("name", applicant.name()).with("code", Code.TENANT_SUSPENDED);
      auditing.refusedToApplicant(
          tenant,
          "agent.registered",
          new Resource("tenant", TenantSlug.LOCAL.value()),
          why,
          origin);
      return Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.");
    }
    Outcome<LocalEnrolment> joined =
        transactions.inTenant(tenant, () -> joinLocally(tenant, applicant, origin));
    return isNameTaken(joined)
        ? transactions.inTenant(tenant, () -> joinLocally(tenant, applicant, origin))
        : joined;
  }

  /** Somebody of the same name joined between the look and the attempt: now it is known. */
  private static boolean isNameTaken(Outcome<LocalEnrolment> joined) {
    return joined instanceof Outcome.Refused<LocalEnrolment> refused
        && refused.refusal().code() == Code.AGENT_NAME_IN_USE;
  }

  private Outcome<LocalEnrolment> joinLocally(
      TenantId tenant, Applicant applicant, AuditEntry.Origin origin) {
    Optional<Agent> known = agents.byName(tenant, applicant.name());
    if (known.isPresent()) {
      return Outcome.done(new LocalEnrolment.Known(known.get()));
    }
    return newAgents
        .make(tenant, applicant, clock.instant())
        .map(enrolled -> {
          auditing.doneByApplicant(
              tenant, "agent.registered", resource(enrolled), stateOf(enrolled), origin);
          return new LocalEnrolment.New(enrolled);
        });
  }

  @Override
  public Outcome<Enrolled> byOperator(Caller caller, Applicant applicant) {
    return transactions.inTenant(
        TenantId.SYSTEM,
        () ->
            newAgents
                .make(TenantId.SYSTEM, applicant, clock.instant())
                .map(enrolled -> {
                  auditing.done(
                      caller,
                      TenantId.SYSTEM,
                      "agent.create",
                      resource(enrolled),
                      null,
                      stateOf(enrolled));
                  return enrolled;
                }));
  }

  private static State stateOf(Enrolled enrolled) {
    return State.of("name", enrolled.agent().name());
  }

  private static Resource resource(Enrolled enrolled) {
    return new Resource("agent", enrolled.agent().id().toString());
  }

  private static <T> Outcome<T> unauthenticated(AuditEntry.Origin origin) {
    LOG.info(
        "event=unauthenticated action=register address={} request_id={}",
        origin.address(),
        origin.requestId());
    return Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented.");
  }
}
