package dev.muster.ports.in.access;

import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import org.jspecify.annotations.Nullable;

/** Users and their tokens, for operators. */
public interface UserAdministration {
  /**
   * Makes a user; a tenant that does not exist, or a role that does not fit, is {@code invalid}.
   */
  Outcome<User> create(Caller caller, NewUser user);

  /** All users, newest first. */
  Page<User> list(Caller caller, PageRequest page);

  /**
   * Makes a token for a user. {@code forbidden} where it would open something that the caller may
   * not do.
   */
  Outcome<Issued<UserToken>> issueToken(Caller caller, UserId user, NewToken token);

  /** The tokens of a user, newest first, those that ended too; that they were read is audited. */
  Outcome<Page<UserToken>> tokens(Caller caller, UserId user, PageRequest page);

  /** Takes a token back; it is refused from the next request on. */
  Outcome<UserToken> revokeToken(Caller caller, TokenId token);

  /**
   * A token to be made.
   *
   * @param expiresInHours or null for one that does not expire
   * @param scope what it opens of all that its user may do
   */
  record NewToken(String description, @Nullable Integer expiresInHours, TokenScope scope) {}

  /**
   * A user to be made.
   *
   * @param tenant the slug of its tenant, or null for an operator
   */
  record NewUser(String name, Role role, @Nullable TenantSlug tenant) {}
}
