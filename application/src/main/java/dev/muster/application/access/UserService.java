package dev.muster.application.access;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
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
import java.util.Arrays;
import java.util.Optional;

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
  public Outcome<Issued<UserToken>> issueToken(Caller caller, UserId id, NewToken wanted) {
    Outcome<Issued<UserToken>> outcome =
        transactions.acrossTenants(() -> {
          Optional<User> user = users.find(id);
          if (user.isEmpty()) {
            return unknownUser();
          }
          Optional<Action> missing = missing(caller, user.get(), wanted.scope());
          return missing.isPresent()
              ? Outcome.refused(
                  Code.FORBIDDEN,
                  "The token would open %s, which the caller may not do."
                      .formatted(missing.get().wireName()))
              : Outcome.done(issue(caller, user.get(), wanted));
        });
    if (outcome instanceof Outcome.Refused<Issued<UserToken>> refused
        && refused.refusal().code() == Code.FORBIDDEN) {
      State why = State.of("code", Code.FORBIDDEN);
      auditing.refused(caller, "user.create_token", resource(id), why);
    }
    return outcome;
  }

  /** What the token would open and the caller may not do: a token never makes one with more. */
  private static Optional<Action> missing(Caller caller, User user, TokenScope scope) {
    return Arrays.stream(Action.values())
        .filter(action -> user.role().permissions().contains(action.permission()))
        .filter(scope::allows)
        .filter(action -> !caller.principal().may(action))
        .findFirst();
  }

  private Issued<UserToken> issue(Caller caller, User user, NewToken wanted) {
    Issued<UserToken> issued = issue(user, wanted);
    State after =
        State.of("user", user.id())
            .with("prefix", issued.record().prefix())
            .with("scope", TokenScopes.words(wanted.scope()));
    auditing.done(
        caller, user.tenant(), "user.create_token", resource(issued.record().id()), null, after);
    return issued;
  }

  private Issued<UserToken> issue(User user, NewToken wanted) {
    Instant now = clock.instant();
    Secret secret = secrets.token(TokenKind.USER);
    Integer hours = wanted.expiresInHours();
    Instant expiresAt = hours == null ? null : now.plus(Duration.ofHours(hours));
    UserToken token =
        new UserToken(
            new TokenId(ids.next(now)),
            user.id(),
            Secrets.prefixOf(secret, TokenKind.USER),
            wanted.description(),
            wanted.scope(),
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
  public Outcome<Page<UserToken>> tokens(Caller caller, UserId id, PageRequest page) {
    return transactions.acrossTenants(() -> {
      Optional<User> user = users.find(id);
      if (user.isEmpty()) {
        return unknownUser();
      }
      auditing.done(caller, user.get().tenant(), "user.list_tokens", resource(id), null, null);
      return Outcome.done(tokens.list(id, page));
    });
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

  private static <T> Outcome<T> unknownUser() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such user.");
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
