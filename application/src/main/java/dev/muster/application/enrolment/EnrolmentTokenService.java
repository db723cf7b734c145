package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.BootstrapTokenText;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.enrolment.EnrolmentTokens;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bootstrap and registration tokens. */
public final class EnrolmentTokenService implements EnrolmentTokenAdministration {
  private final Transactions transactions;
  private final EnrolmentTokens tokens;
  private final Tenants tenants;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Keeps the hashes of tokens in {@code tokens}. */
  public EnrolmentTokenService(
      Transactions transactions,
      EnrolmentTokens tokens,
      Tenants tenants,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.tokens = tokens;
    this.tenants = tenants;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome<Issued<EnrolmentToken>> create(
      Caller caller, TenantId tenant, NewEnrolmentToken wanted) {
    return within(caller, tenant, () -> Outcome.done(issue(caller, tenant, wanted)));
  }

  private Issued<EnrolmentToken> issue(Caller caller, TenantId tenant, NewEnrolmentToken wanted) {
    Instant now = clock.instant();
    Secret secret =
        tenant.isSystem() ? secrets.bootstrapToken() : secrets.token(TokenKind.REGISTRATION);
    EnrolmentToken token =
        new EnrolmentToken(
            new EnrolmentTokenId(ids.next(now)),
            tenant,
            prefixOf(secret, tenant),
            wanted.description(),
            wanted.constraints(),
            wanted.maxUses(),
            0,
            now.plus(Duration.ofHours(wanted.expiresInHours())),
            null,
            null,
            now,
            caller.principal().displayName());
    tokens.add(tenant, token, TokenHash.of(secret));
    State after =
        State.of("prefix", token.prefix())
            .with("max_uses", token.maxUses())
            .with("expires_at", token.expiresAt());
    auditing.done(caller, tenant, "token.create", resource(token.id()), null, after);
    return new Issued<>(token, secret);
  }

  private static String prefixOf(Secret secret, TenantId tenant) {
    return tenant.isSystem()
        ? BootstrapTokenText.idOf(secret).orElseThrow()
        : Secrets.prefixOf(secret, TokenKind.REGISTRATION);
  }

  @Override
  public Outcome<Page<EnrolmentToken>> list(Caller caller, TenantId tenant, PageRequest page) {
    return within(
        caller,
        tenant,
        () -> {
          Resource all = new Resource("enrolment_token", null);
          auditing.done(caller, tenant, "token.list", all, null, null);
          return Outcome.done(tokens.list(tenant, page));
        });
  }

  @Override
  public Outcome<EnrolmentToken> revoke(
      Caller caller, TenantId tenant, EnrolmentTokenId id, @Nullable String reason) {
    return within(
        caller,
        tenant,
        () -> {
          if (tokens.revoke(tenant, id, reason, clock.instant())) {
            auditing.done(
                caller,
                tenant,
                "token.revoke",
                resource(id),
                State.of("revoked", false),
                State.of("revoked", true).with("reason", reason));
          }
          return tokens.find(tenant, id).map(Outcome::done).orElseGet(this::unknown);
        });
  }

  @Override
  public Outcome<Page<Agent>> registrations(
      Caller caller, TenantId tenant, EnrolmentTokenId id, PageRequest page) {
    return within(
        caller,
        tenant,
        () ->
            tokens.find(tenant, id).isPresent()
                ? Outcome.done(tokens.registrations(tenant, id, page))
                : unknown());
  }

  /** Does work in a tenant that is the caller's own, or any for an operator. */
  private <T> Outcome<T> within(Caller caller, TenantId tenant, Supplier<Outcome<T>> work) {
    if (!caller.isOperator() && !caller.tenant().equals(tenant)) {
      return unknown();
    }
    return transactions.inTenant(
        tenant,
        () -> {
          Optional<Tenant> known = tenants.find(tenant);
          return known.isPresent() ? work.get() : this.<T>unknown();
        });
  }

  private <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such token or tenant.");
  }

  private static Resource resource(EnrolmentTokenId id) {
    return new Resource("enrolment_token", id.toString());
  }
}
