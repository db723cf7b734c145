package dev.muster.application.fleet;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.SigningRenewal;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Safeguards;
import dev.muster.ports.out.fleet.SigningSecrets;
import dev.muster.ports.out.fleet.SigningSecrets.Kept;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Replaces signing secrets when their agents call, so that nobody is shut out while it is away. */
public final class SigningRenewalService implements SigningRenewal {
  private final Transactions transactions;
  private final Safeguards safeguards;
  private final SigningSecrets signingSecrets;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Renews what is kept in {@code signingSecrets}, under the lock of {@code safeguards}. */
  public SigningRenewalService(
      Transactions transactions,
      Safeguards safeguards,
      SigningSecrets signingSecrets,
      Wakeups wakeups,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.safeguards = safeguards;
    this.signingSecrets = signingSecrets;
    this.wakeups = wakeups;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public Optional<Secret> due(Caller caller) {
    Integer version = caller.signedWith();
    return version == null
        ? Optional.empty()
        : transactions.inTenant(caller.tenant(), () -> due(caller, version, clock.instant()));
  }

  private Optional<Secret> due(Caller caller, int version, Instant now) {
    TenantId tenant = caller.tenant();
    AgentId agent = caller.agent();
    Optional<Kept> newest = newest(tenant, agent, now);
    if (newest.isEmpty() || !isOld(newest.get(), now) && newest.get().version() == version) {
      return Optional.empty();
    }
    safeguards.lock(tenant, agent);
    return newest(tenant, agent, now).flatMap(kept -> due(caller, version, kept, now));
  }

  private Optional<Secret> due(Caller caller, int version, Kept newest, Instant now) {
    if (newest.version() == version) {
      return isOld(newest, now) ? Optional.of(renew(caller, newest, now)) : Optional.empty();
    }
    // One that a person issued is for that person to deliver.
    return newest.byServer()
        ? secrets.openSigningSecret(
            caller.tenant(), caller.agent(), newest.version(), newest.sealed())
        : Optional.empty();
  }

  private Secret renew(Caller caller, Kept old, Instant now) {
    TenantId tenant = caller.tenant();
    AgentId agent = caller.agent();
    int version = signingSecrets.nextVersion(tenant, agent);
    Secret secret = secrets.key();
    byte[] sealed = secrets.sealSigningSecret(tenant, agent, version, secret);
    signingSecrets.endAll(tenant, agent, now.plus(GRACE));
    signingSecrets.add(tenant, agent, new Kept(version, sealed, true, now, null));
    auditing.doneByServer(
        tenant,
        "agent.rotate_signing_secret",
        new Resource("agent", agent.toString()),
        State.of("signing_secret_versions", List.of(old.version())),
        State.of("signing_secret_versions", List.of(version, old.version())));
    wakeups.credentialsChanged();
    return secret;
  }

  private Optional<Kept> newest(TenantId tenant, AgentId agent, Instant now) {
    return signingSecrets.live(tenant, agent, now).stream().findFirst();
  }

  private static boolean isOld(Kept kept, Instant now) {
    return kept.endsAt() == null && !kept.createdAt().plus(LIFE).isAfter(now);
  }
}
