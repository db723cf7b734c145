package dev.muster.application.access;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.UserAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.UserTokens;
import dev.muster.ports.out.access.Users;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users and their tokens, for operators. */
public final class UserService implements UserAdministration {
  private final Transactions transactions;
  private final Users users;
  private final UserTokens tokens;
  private final Wakeups wakeups;
  private final Tenants tenants;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Keeps users in {@code users} and the hashes of their tokens in {@code tokens}. */
  public UserService(
      Transactions transactions,
      Users users,
      UserTokens tokens,
      Wakeups wakeups,
      Tenants tenants,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.users = users;
    this.tokens = tokens;
    this.wakeups = wakeups;
    this.tenants = tenants;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome<User> create(Caller caller, NewUser wanted) {
    return transactions.acrossTenants(
        () -> tenantFor(wanted).then(tenant -> add(caller, wanted, tenant)));
  }

  private Outcome<TenantId> tenantFor(NewUser wanted) {
    TenantSlug slug = wanted.tenant();
    if (wanted.role() == Role.OPERATOR) {
      return slug == null
          ? Outcome.done(TenantId.SYSTEM)
          : invalid("/tenant_slug", "An operator belongs to no tenant.");
    }
    if (slug == null) {
      return invalid("/tenant_slug", "A user who is no operator belongs to a tenant.");
    }
    Optional<Tenant> tenant = tenants.bySlug(slug);
    return tenant.isPresent()
        ? Outcome.done(tenant.get().id())
        : invalid("/tenant_slug", "There is no tenant of this slug.");
  }

  private Outcome<User> add(Caller caller, NewUser wanted, TenantId tenant) {
    Instant now = clock.instant();
    User user = new User(new UserId(ids.next(now)), tenant, wanted.name(), wanted.role(), now);
    if (!users.add(user)) {
      return Outcome.refused(Code.NAME_TAKEN, "The tenant has a user of this name.");
    }
    State after = State.of("name", user.name()).with("role", user.role());
    auditing.done(caller, tenant, "user.create", resource(user.id()), null, after);
    return Outcome.done(user);
  }

  @Override
  public Page<User> list(Caller caller, PageRequest page) {
    return transactions.acrossTenants(() -> users.list(page));
  }

  @Override
  public Outcome<Issued<UserToken>> issueToken(
      Caller caller, UserId id, String description, @Nullable Integer expiresInHours) {
    return transactions.acrossTenants(() -> {
      Optional<User> user = users.find(id);
      if (user.isEmpty()) {
        return Outcome.refused(Code.NOT_FOUND, "There is no such user.");
      }
      Issued<UserToken> issued = issue(user.get(), description, expiresInHours);
      State after = State.of("user", id).with("prefix", issued.record().prefix());
      auditing.done(
          caller,
          user.get().tenant(),
          "user.create_token",
          resource(issued.record().id()),
          null,
          after);
      return Outcome.done(issued);
    });
  }

  private Issued<UserToken> issue(User user, String description, @Nullable Integer expiresInHours) {
    Instant now = clock.instant();
    Secret secret = secrets.token(TokenKind.USER);
    Instant expiresAt = expiresInHours == null ? null : now.plus(Duration.ofHours(expiresInHours));
    UserToken token =
        new UserToken(
            new TokenId(ids.next(now)),
            user.id(),
            Secrets.prefixOf(secret, TokenKind.USER),
            description,
            now,
            expiresAt,
            null,
            null);
    if (!tokens.add(token, TokenHash.of(secret))) {
      throw new IllegalStateException("256 random bits came twice");
    }
    return new Issued<>(token, secret);
  }

  @Override
  public Outcome<UserToken> revokeToken(Caller caller, TokenId id) {
    return transactions.acrossTenants(() -> {
      Optional<UserTokens.Held> held = tokens.find(id);
      if (held.isEmpty()) {
        return Outcome.refused(Code.NOT_FOUND, "There is no such token.");
      }
      if (tokens.revoke(id, clock.instant())) {
        auditing.done(
            caller,
            held.get().user().tenant(),
            "user.revoke_token",
            resource(id),
            State.of("prefix", held.get().token().prefix()),
            null);
        wakeups.credentialsChanged();
      }
      return Outcome.done(tokens.find(id).orElseThrow().token());
    });
  }

  private static <T> Outcome<T> invalid(String pointer, String message) {
    return new Outcome.Refused<>(Refusal.invalid(pointer, message));
  }

  private static Resource resource(UserId id) {
    return new Resource("user", id.toString());
  }

  private static Resource resource(TokenId id) {
    return new Resource("token", id.toString());
  }
}
