package dev.muster.ports.out.access;

import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.credential.TokenHash;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokens of users, as hashes. */
@CrossTenant("whose a token is, is known only after it was looked up")
public interface UserTokens {
  /** Adds a token; false where the same one is there already. */
  boolean add(UserToken token, TokenHash hash);

  /** The tokens of these hashes with their users, revoked and expired ones too. */
  Map<TokenHash, Held> byHashes(Collection<TokenHash> hashes);

  /** The token of this hash with its user, revoked and expired ones too. */
  default Optional<Held> byHash(TokenHash hash) {
    return Optional.ofNullable(byHashes(List.of(hash)).get(hash));
  }

  /** The token of this id. */
  Optional<Held> find(TokenId id);

  /** The tokens of a user, newest first, those that ended too. */
  Page<UserToken> list(UserId user, PageRequest page);

  /** Takes a token back; false where it was taken back before. */
  boolean revoke(TokenId id, Instant at);

  /** Takes all tokens of a user back. */
  int revokeAllOf(UserId user, Instant at);

  /** Takes all but one of those tokens of a user back of which this is shown. */
  int revokeOthersShownAs(UserId user, String prefix, TokenId kept, Instant at);

  /** Notes that a token was used; at most once a minute is written. */
  void used(TokenId id, Instant at);

  /** A token and whose it is. */
  record Held(UserToken token, User user) {}
}
