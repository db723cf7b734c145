package dev.muster.application.access;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Gate;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.CommandNonces;
import dev.muster.ports.out.access.GatheredAllowances;
import dev.muster.ports.out.access.RequestAllowances;
import dev.muster.ports.out.fleet.Safeguards;
import dev.muster.ports.out.fleet.SigningSecrets;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is asked at the gate besides a credential, and how often one may pass it. */
public final class GateService implements Gate, Wakeable {
  private static final Refusal UNCERTIFIED =
      Refusal.of(
          Code.CERTIFICATE_REQUIRED,
          "A client certificate that is registered for the caller is required.");

  private final RuleBook rules;
  private final RequestLimits limits;
  private final SignatureCheck signatures;
  private final Auditing auditing;

  /** Where it is written what is asked of whom, and what was used up. */
  public record Stores(
      Tenants tenants,
      Safeguards safeguards,
      SigningSecrets signingSecrets,
      CommandNonces nonces,
      GatheredAllowances gathered,
      RequestAllowances allowances) {}

  /**
   * How it counts.
   *
   * @param requestsPerMinute what a credential may that has no figure of its own
   * @param nanos a monotonic clock
   */
  public record Counting(int requestsPerMinute, LongSupplier nanos) {}

  /** A gate by what {@code stores} say. */
  public GateService(
      Transactions transactions,
      Stores stores,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Counting counting) {
    this.rules =
        new RuleBook(
            transactions,
            new RuleBook.Stores(stores.tenants(), stores.safeguards(), stores.signingSecrets()),
            secrets,
            clock,
            counting.requestsPerMinute());
    this.limits = new RequestLimits(stores.gathered(), stores.allowances(), counting.nanos());
    this.signatures = new SignatureCheck(stores.nonces(), clock);
    this.auditing = auditing;
  }

  /** Spends one of the requests that a credential has; a refusal where none is left. */
  Optional<Refusal> spend(Principal principal) {
    return limits.spend(principal, rules.of(principal).requestsPerMinute());
  }

  /** Whoever comes to the door with a certificate, or with none, and has not been let in yet. */
  NamedCallers.Threshold threshold(@Nullable CertificateFingerprint certificate) {
    return new NamedCallers.Threshold() {
      @Override
      public Optional<Refusal> spend(TenantId tenant, UUID token) {
        return limits.spend(tenant, token, rules.of(tenant, null).requestsPerMinute());
      }

      @Override
      public Optional<Refusal> certificate(TenantId tenant, @Nullable AgentId agent) {
        return isCertified(rules.of(tenant, agent), certificate)
            ? Optional.empty()
            : Optional.of(UNCERTIFIED);
      }
    };
  }

  @Override
  public Outcome<Caller> withCertificate(
      Caller caller, Action action, @Nullable CertificateFingerprint certificate) {
    return isCertified(caller.principal(), certificate)
        ? Outcome.done(caller)
        : refused(caller, action, UNCERTIFIED);
  }

  /** Whether somebody came with a certificate that is asked of them, where one is. */
  boolean isCertified(Principal principal, @Nullable CertificateFingerprint certificate) {
    return isCertified(rules.of(principal), certificate);
  }

  private static boolean isCertified(
      CallerRules asked, @Nullable CertificateFingerprint certificate) {
    return asked.certificates().isEmpty()
        || certificate != null && certificate.isAmong(asked.certificates());
  }

  /** Whether what somebody sends counts for nothing unless it is signed. */
  boolean mustSign(Principal principal) {
    return principal instanceof Principal.OfAgent && rules.of(principal).requireSignature();
  }

  @Override
  public Outcome<Caller> withSignature(Caller caller, Action action, @Nullable Signed signed) {
    if (!(caller.principal() instanceof Principal.OfAgent agent)) {
      return Outcome.done(caller);
    }
    CallerRules asked = rules.of(agent);
    if (signed == null) {
      return asked.requireSignature()
          ? refused(
              caller,
              action,
              Refusal.of(Code.SIGNATURE_REQUIRED, "This agent must sign its requests."))
          : Outcome.done(caller);
    }
    return switch (signatures.check(agent.tenant(), agent.agent(), asked, signed)) {
      case Outcome.Done<Integer>(Integer version) ->
          Outcome.done(new Caller(agent, caller.origin(), version));
      case Outcome.Refused<Integer>(Refusal refusal) -> refused(caller, action, refusal);
    };
  }

  @Override
  public void credentialsChanged() {
    rules.forget();
  }

  private Outcome<Caller> refused(Caller caller, Action action, Refusal refusal) {
    State why = State.of("code", refusal.code());
    auditing.refused(caller, action.wireName(), new Resource("action", action.wireName()), why);
    return new Outcome.Refused<>(refusal);
  }
}
