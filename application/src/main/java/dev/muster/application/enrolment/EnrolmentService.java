package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.BootstrapTokenText;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.credential.Tokens;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Enrolment;
import dev.muster.ports.out.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways in which agents join. */
public final class EnrolmentService implements Enrolment {
  private final Transactions transactions;
  private final Ways ways;
  private final NewAgents newAgents;
  private final AttemptLimit limit;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Doors doors;

  /** The ways with rules of their own. */
  public record Ways(TokenEnrolment byToken, LocalJoining locally, LegacyJoining legacy) {}

  /**
   * Which doors are open.
   *
   * @param localAgentKey the key of local mode, or empty where local mode is off
   * @param legacy whether agents may join without any proof
   */
  public record Doors(Optional<Secret> localAgentKey, boolean legacy) {
    /** Only those that are always open. */
    public static final Doors USUAL = new Doors(Optional.empty(), false);
  }

  /** Joins agents. */
  public EnrolmentService(
      Transactions transactions,
      Ways ways,
      NewAgents newAgents,
      AttemptLimit limit,
      Auditing auditing,
      InstantSource clock,
      Doors doors) {
    this.transactions = transactions;
    this.ways = ways;
    this.newAgents = newAgents;
    this.limit = limit;
    this.auditing = auditing;
    this.clock = clock;
    this.doors = doors;
  }

  @Override
  public Outcome<Enrolled> withBootstrapToken(
      Secret token, Applicant applicant, AuditEntry.Origin origin) {
    return BootstrapTokenText.idOf(token).isPresent()
        ? ways.byToken().join(token, found -> found.tenant().isSystem(), applicant, origin)
        : limit.unauthenticated(origin);
  }

  @Override
  public Outcome<Enrolled> withRegistrationToken(
      Secret token, Applicant applicant, AuditEntry.Origin origin) {
    return Tokens.kindOf(token).filter(TokenKind.REGISTRATION::equals).isPresent()
        ? ways.byToken().join(token, found -> !found.tenant().isSystem(), applicant, origin)
        : limit.unauthenticated(origin);
  }

  @Override
  public Outcome<Enrolled> withoutToken(
      @Nullable TenantId tenant, Applicant applicant, AuditEntry.Origin origin) {
    if (!limit.admits(origin)) {
      return limit.tooMany(origin);
    }
    return doors.legacy()
        ? ways.legacy().join(tenant, doors.localAgentKey().isPresent(), applicant, origin)
        : Outcome.refused(
            Code.LEGACY_REGISTRATION_DISABLED, "Send a registration_token to register.");
  }

  @Override
  public Outcome<LocalEnrolment> locally(
      Secret key, Applicant applicant, boolean rotate, AuditEntry.Origin origin) {
    if (doors.localAgentKey().isEmpty()) {
      return Outcome.refused(Code.NOT_FOUND, "Local mode is off.");
    }
    return doors.localAgentKey().get().matches(key)
        ? ways.locally().join(applicant, rotate, origin)
        : limit.unauthenticated(origin);
  }

  @Override
  public Outcome<Enrolled> byOperator(
      Caller caller, Applicant applicant, @Nullable Duration keyLife) {
    Instant now = clock.instant();
    Instant end = keyLife == null ? null : now.plus(keyLife);
    return transactions.inTenant(
        TenantId.SYSTEM,
        () ->
            newAgents
                .make(TenantId.SYSTEM, applicant, now, end)
                .map(enrolled -> {
                  auditing.done(
                      caller,
                      TenantId.SYSTEM,
                      "agent.create",
                      new Resource("agent", enrolled.agent().id().toString()),
                      null,
                      State.of("name", enrolled.agent().name()).with("key_expires_at", end));
                  return enrolled;
                }));
  }
}
