package dev.muster.application.fleet;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.fleet.AgentSafeguards;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Safeguards;
import dev.muster.ports.out.fleet.Safeguards.Asked;
import dev.muster.ports.out.fleet.SigningSecrets;
import dev.muster.ports.out.fleet.SigningSecrets.Kept;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is asked of agents besides their keys, as people decide it. */
public final class AgentSafeguardService implements AgentSafeguards {
  private final Transactions transactions;
  private final Safeguards safeguards;
  private final SigningSecrets signingSecrets;
  private final int usualRequestsPerMinute;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;

  /**
   * Where it is kept, and what holds where nobody decided.
   *
   * @param usualRequestsPerMinute what a credential may that has no figure of its own
   */
  public record Ground(
      Safeguards safeguards, SigningSecrets signingSecrets, int usualRequestsPerMinute) {}

  /** Decides upon {@code ground}. */
  public AgentSafeguardService(
      Transactions transactions,
      Ground ground,
      Wakeups wakeups,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.safeguards = ground.safeguards();
    this.signingSecrets = ground.signingSecrets();
    this.usualRequestsPerMinute = ground.usualRequestsPerMinute();
    this.wakeups = wakeups;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public Outcome<Guarded> find(Caller caller, TenantId tenant, AgentId agent) {
    return within(
        caller,
        tenant,
        () -> safeguards.find(tenant, agent),
        asked -> Outcome.done(standing(tenant, agent, asked)));
  }

  @Override
  public Outcome<Guarded> limit(
      Caller caller, TenantId tenant, AgentId agent, @Nullable Integer requestsPerMinute) {
    if (requestsPerMinute != null
        && requestsPerMinute > usualRequestsPerMinute
        && !caller.isOperator()) {
      auditing.refused(
          caller,
          Action.AGENT_SET_LIMITS.wireName(),
          new Resource("agent", agent.toString()),
          State.of("code", Code.OPERATOR_REQUIRED).with("requests_per_minute", requestsPerMinute));
      return Outcome.refused(
          Code.OPERATOR_REQUIRED,
          "Only an operator lets an agent call more than %d times a minute."
              .formatted(usualRequestsPerMinute));
    }
    return change(
        caller,
        tenant,
        agent,
        "agent.set_limits",
        asked ->
            new Asked(
                requestsPerMinute, asked.certificateFingerprints(), asked.requireSignature()));
  }

  @Override
  public Outcome<Guarded> registerCertificates(
      Caller caller, TenantId tenant, AgentId agent, List<String> fingerprints) {
    return change(
        caller,
        tenant,
        agent,
        "agent.set_fingerprints",
        asked -> new Asked(asked.requestsPerMinute(), fingerprints, asked.requireSignature()));
  }

  @Override
  public Outcome<Issued<Guarded>> rotateSigningSecret(
      Caller caller, TenantId tenant, AgentId agent, Rotation rotation) {
    return locked(
        caller,
        tenant,
        agent,
        asked -> {
          Instant now = clock.instant();
          State before = stateOf(asked, versions(tenant, agent, now));
          signingSecrets.endAll(tenant, agent, now.plus(rotation.grace()));
          Secret secret = issue(tenant, agent, now);
          Boolean require = rotation.requireSignature();
          Asked after =
              new Asked(
                  asked.requestsPerMinute(),
                  asked.certificateFingerprints(),
                  require == null ? asked.requireSignature() : require);
          safeguards.replace(tenant, agent, after);
          State since = stateOf(after, versions(tenant, agent, now));
          note(caller, tenant, agent, "agent.rotate_signing_secret", before, since);
          return Outcome.done(new Issued<>(standing(tenant, agent, after), secret));
        });
  }

  @Override
  public Outcome<Guarded> revokeSigningSecrets(Caller caller, TenantId tenant, AgentId agent) {
    return locked(
        caller,
        tenant,
        agent,
        asked -> {
          Instant now = clock.instant();
          State before = stateOf(asked, versions(tenant, agent, now));
          signingSecrets.endAll(tenant, agent, now);
          State after = stateOf(asked, versions(tenant, agent, now));
          note(caller, tenant, agent, "agent.revoke_signing_secret", before, after);
          return Outcome.done(standing(tenant, agent, asked));
        });
  }

  private Secret issue(TenantId tenant, AgentId agent, Instant now) {
    int version = signingSecrets.nextVersion(tenant, agent);
    Secret secret = secrets.key();
    byte[] sealed = secrets.sealSigningSecret(tenant, agent, version, secret);
    signingSecrets.add(tenant, agent, new Kept(version, sealed, false, now, null));
    return secret;
  }

  private Outcome<Guarded> change(
      Caller caller, TenantId tenant, AgentId agent, String action, Function<Asked, Asked> change) {
    return locked(
        caller,
        tenant,
        agent,
        asked -> {
          Asked after = change.apply(asked);
          if (!after.equals(asked)) {
            List<Integer> versions = versions(tenant, agent, clock.instant());
            safeguards.replace(tenant, agent, after);
            note(caller, tenant, agent, action, stateOf(asked, versions), stateOf(after, versions));
          }
          return Outcome.done(standing(tenant, agent, after));
        });
  }

  private <T> Outcome<T> locked(
      Caller caller, TenantId tenant, AgentId agent, Function<Asked, Outcome<T>> work) {
    return within(caller, tenant, () -> safeguards.lock(tenant, agent), work);
  }

  private <T> Outcome<T> within(
      Caller caller,
      TenantId tenant,
      Supplier<Optional<Asked>> look,
      Function<Asked, Outcome<T>> work) {
    return caller.isOperator() || caller.tenant().equals(tenant)
        ? transactions.inTenant(
            tenant, () -> look.get().map(work).orElseGet(AgentSafeguardService::unknown))
        : unknown();
  }

  private void note(
      Caller caller, TenantId tenant, AgentId agent, String action, State before, State after) {
    Resource resource = new Resource("agent", agent.toString());
    auditing.done(caller, tenant, action, resource, before, after);
    wakeups.credentialsChanged();
  }

  private Guarded standing(TenantId tenant, AgentId agent, Asked asked) {
    Instant since =
        signingSecrets.live(tenant, agent, clock.instant()).stream()
            .filter(kept -> kept.endsAt() == null)
            .map(Kept::createdAt)
            .findFirst()
            .orElse(null);
    return new Guarded(
        agent,
        asked.requestsPerMinute(),
        asked.certificateFingerprints(),
        asked.requireSignature(),
        since);
  }

  private List<Integer> versions(TenantId tenant, AgentId agent, Instant now) {
    return signingSecrets.live(tenant, agent, now).stream().map(Kept::version).toList();
  }

  private static State stateOf(Asked asked, List<Integer> versions) {
    return State.of("requests_per_minute", asked.requestsPerMinute())
        .with("certificate_fingerprints", asked.certificateFingerprints())
        .with("require_signature", asked.requireSignature())
        .with("signing_secret_versions", versions);
  }

  private static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such agent.");
  }
}
