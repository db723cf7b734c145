package dev.muster.application.access;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
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
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.OperatorAccounts;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.UserTokens;
import dev.muster.ports.out.access.Users;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operators made by whoever runs the server. */
public final class OperatorService implements OperatorAccounts {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorService.class);
  private static final String ADMINISTRATOR = "admin";

  /** What is shown of a token that may look like anything. */
  private static final String CONFIGURED = "configured";

  private final Transactions transactions;
  private final Users users;
  private final UserTokens tokens;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Keeps operators among the other users. */
  public OperatorService(
      Transactions transactions,
      Users users,
      UserTokens tokens,
      Wakeups wakeups,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.users = users;
    this.tokens = tokens;
    this.wakeups = wakeups;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public boolean any() {
    return transactions.acrossTenants(users::anyOperator);
  }

  @Override
  public void ensureAdministrator(Secret token) {
    transactions.acrossTenants(() -> {
      Optional<UserTokens.Held> known = tokens.byHash(TokenHash.of(token));
      if (known.isEmpty()) {
        User administrator = administrator();
        keep(administrator, token, "from the server's configuration", CONFIGURED)
            .ifPresent(kept -> revokeReplaced(administrator, kept));
      } else if (!known.get().token().isLive(clock.instant())) {
        LOG.warn(
            "event=notice text=\"the configured administrator's token was revoked: choose another\"");
      }
      return true;
    });
  }

  /** Two replicas that start at once may both try to add it: one of them finds the other's. */
  private User administrator() {
    return users
        .operatorNamed(ADMINISTRATOR)
        .or(() -> add(ADMINISTRATOR))
        .or(() -> users.operatorNamed(ADMINISTRATOR))
        .orElseThrow();
  }

  @Override
  public Outcome<Issued<User>> create(String name) {
    return transactions.acrossTenants(() -> {
      Optional<User> added = add(name);
      return added.isPresent()
          ? Outcome.done(issue(added.get()))
          : Outcome.refused(Code.NAME_TAKEN, "There is an operator of this name.");
    });
  }

  @Override
  public Outcome<Issued<User>> resetToken(String name) {
    return transactions.acrossTenants(() -> {
      Optional<User> operator = users.operatorNamed(name);
      if (operator.isEmpty()) {
        return Outcome.refused(Code.NOT_FOUND, "There is no operator of this name.");
      }
      revokeAllOf(operator.get());
      return Outcome.done(issue(operator.get()));
    });
  }

  private void revokeAllOf(User operator) {
    noteRevoked(operator, tokens.revokeAllOf(operator.id(), clock.instant()));
  }

  /** Only by whoever added it: of replicas that start together the others find it there. */
  private void revokeReplaced(User administrator, TokenId kept) {
    noteRevoked(
        administrator,
        tokens.revokeOthersShownAs(administrator.id(), CONFIGURED, kept, clock.instant()));
  }

  private void noteRevoked(User operator, int revoked) {
    if (revoked > 0) {
      auditing.doneByServer(
          TenantId.SYSTEM,
          "user.revoke_token",
          new Resource("user", operator.id().toString()),
          State.of("live_tokens", revoked),
          State.of("live_tokens", 0));
      wakeups.credentialsChanged();
    }
  }

  private Optional<User> add(String name) {
    Instant now = clock.instant();
    User user = new User(new UserId(ids.next(now)), TenantId.SYSTEM, name, Role.OPERATOR, now);
    if (!users.add(user)) {
      return Optional.empty();
    }
    auditing.doneByServer(
        TenantId.SYSTEM,
        "user.create",
        new Resource("user", user.id().toString()),
        null,
        State.of("name", name).with("role", Role.OPERATOR));
    return Optional.of(user);
  }

  private Issued<User> issue(User operator) {
    Secret secret = secrets.token(TokenKind.USER);
    keep(operator, secret, "from the command line", Secrets.prefixOf(secret, TokenKind.USER));
    return new Issued<>(operator, secret);
  }

  private Optional<TokenId> keep(User operator, Secret secret, String description, String prefix) {
    Instant now = clock.instant();
    UserToken token =
        new UserToken(
            new TokenId(ids.next(now)),
            operator.id(),
            prefix,
            description,
            TokenScope.ALL,
            now,
            null,
            null,
            null);
    if (!tokens.add(token, TokenHash.of(secret))) {
      return Optional.empty();
    }
    auditing.doneByServer(
        TenantId.SYSTEM,
        "user.create_token",
        new Resource("token", token.id().toString()),
        null,
        State.of("user", operator.id()).with("description", description));
    return Optional.of(token.id());
  }
}
