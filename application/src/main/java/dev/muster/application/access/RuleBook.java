package dev.muster.application.access;

import dev.muster.application.access.CallerRules.SigningSecret;
import dev.muster.application.credential.Secrets;
import dev.muster.application.gathering.Gathering;
import dev.muster.domain.access.Principal;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Safeguards;
import dev.muster.ports.out.fleet.Safeguards.Asked;
import dev.muster.ports.out.fleet.SigningSecrets;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows what is asked of whom. Looked up at most every few seconds for each agent, and each tenant
 * with its people; a change is heard of at once. Thread-safe.
 */
final class RuleBook {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int MOST = 50_000;
  private static final int MOST_TOGETHER = 50;
  private static final int BATCHES_AT_ONCE = 2;

  private final Transactions transactions;
  private final Stores stores;
  private final Secrets secrets;
  private final InstantSource clock;
  private final int usualLimit;
  private final Recent<Whose, CallerRules> recent = new Recent<>(REMEMBERED, MOST);
  private final Gathering<Whose, CallerRules> gathering =
      new Gathering<>(this::together, MOST_TOGETHER, BATCHES_AT_ONCE);

  /** Where it is kept. */
  record Stores(Tenants tenants, Safeguards safeguards, SigningSecrets signingSecrets) {}

  /**
   * Whose rules.
   *
   * @param agent null for all else of the tenant
   */
  private record Whose(TenantId tenant, @Nullable AgentId agent) {}

  RuleBook(
      Transactions transactions,
      Stores stores,
      Secrets secrets,
      InstantSource clock,
      int usualLimit) {
    this.transactions = transactions;
    this.stores = stores;
    this.secrets = secrets;
    this.clock = clock;
    this.usualLimit = usualLimit;
  }

  /** Of somebody who acts as an agent, what is asked is asked of the person. */
  CallerRules of(Principal caller) {
    Principal principal = caller instanceof Principal.ActingAs acting ? acting.person() : caller;
    AgentId agent = principal instanceof Principal.OfAgent known ? known.agent() : null;
    return of(principal.tenant(), agent);
  }

  /**
   * Of an agent, or of whoever else is the tenant's.
   *
   * @param agent or null
   */
  CallerRules of(TenantId tenant, @Nullable AgentId agent) {
    return recent.of(new Whose(tenant, agent), clock.instant(), this::lookedUp);
  }

  void forget() {
    recent.forget();
  }

  private CallerRules lookedUp(Whose whose) {
    AgentId agent = whose.agent();
    if (agent == null && whose.tenant().equals(TenantId.SYSTEM)) {
      return new CallerRules(usualLimit, List.of(), false, List.of());
    }
    return transactions.isOpen() ? together(List.of(whose)).getFirst() : gathering.of(whose);
  }

  private List<CallerRules> together(List<Whose> all) {
    return transactions.acrossTenants(
        () -> all.stream().map(whose -> read(whose.tenant(), whose.agent())).toList());
  }

  private CallerRules read(TenantId tenant, @Nullable AgentId agent) {
    if (agent == null) {
      return new CallerRules(usualLimit, ofTenant(tenant), false, List.of());
    }
    Asked asked = stores.safeguards().find(tenant, agent).orElse(Asked.NOTHING);
    List<String> own = asked.certificateFingerprints();
    Integer limit = asked.requestsPerMinute();
    return new CallerRules(
        limit == null ? usualLimit : limit,
        own.isEmpty() ? ofTenant(tenant) : own,
        asked.requireSignature(),
        signingSecrets(tenant, agent, clock.instant()));
  }

  /** Those of the system tenant would be asked of the agents of the platform, one and all. */
  private List<String> ofTenant(TenantId tenant) {
    return tenant.equals(TenantId.SYSTEM)
        ? List.of()
        : stores.tenants().find(tenant).map(Tenant::certificateFingerprints).orElse(List.of());
  }

  private List<SigningSecret> signingSecrets(TenantId tenant, AgentId agent, Instant now) {
    return stores.signingSecrets().live(tenant, agent, now).stream()
        .flatMap(kept ->
            secrets
                .openSigningSecret(tenant, agent, kept.version(), kept.sealed())
                .map(secret -> new SigningSecret(kept.version(), secret))
                .stream())
        .toList();
  }
}
