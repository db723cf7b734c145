package dev.muster.ports.out.access;

import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.credential.TokenHash;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tokens of users, in memory. */
public final class InMemoryUserTokens implements UserTokens {
  private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

  private final InMemoryStorage storage;
  private final InMemoryUsers users;
  private final InMemoryTable<TokenId, Row> tokens;

  private record Row(UserToken token, TokenHash hash) {}

  /** Without any. */
  public InMemoryUserTokens(InMemoryStorage storage, InMemoryUsers users) {
    this.storage = storage;
    this.users = users;
    this.tokens = storage.table();
  }

  @Override
  public boolean add(UserToken token, TokenHash hash) {
    return storage.forAllTenants(() -> {
      users
          .find(token.user())
          .orElseThrow(() -> new IllegalStateException("there is no such user"));
      if (tokens.stream().anyMatch(row -> row.hash().equals(hash))) {
        return false;
      }
      tokens.put(token.id(), new Row(token, hash));
      return true;
    });
  }

  @Override
  public Map<TokenHash, Held> byHashes(Collection<TokenHash> hashes) {
    Map<TokenHash, Held> found = new HashMap<>();
    hashes.forEach(
        hash -> first(row -> row.hash().equals(hash)).ifPresent(held -> found.put(hash, held)));
    return found;
  }

  @Override
  public Optional<Held> find(TokenId id) {
    return first(row -> row.token().id().equals(id));
  }

  private Optional<Held> first(Predicate<Row> wanted) {
    return storage.forAllTenants(() ->
        tokens.stream()
            .filter(wanted)
            .findFirst()
            .map(row -> new Held(row.token(), users.find(row.token().user()).orElseThrow())));
  }

  @Override
  public Page<UserToken> list(UserId user, PageRequest page) {
    return storage.forAllTenants(() ->
        InMemoryPages.newestFirst(
            tokens.stream().map(Row::token).filter(token -> token.user().equals(user)),
            token -> new Cursor(token.createdAt(), token.id().value()),
            page));
  }

  @Override
  public boolean revoke(TokenId id, Instant at) {
    return revokeAll(token -> token.id().equals(id), at) == 1;
  }

  @Override
  public int revokeAllOf(UserId user, Instant at) {
    return revokeAll(token -> token.user().equals(user), at);
  }

  @Override
  public int revokeOthersShownAs(UserId user, String prefix, TokenId kept, Instant at) {
    return revokeAll(
        token ->
            token.user().equals(user) && token.prefix().equals(prefix) && !token.id().equals(kept),
        at);
  }

  private int revokeAll(Predicate<UserToken> which, Instant at) {
    return storage.forAllTenants(() -> {
      List<UserToken> live =
          tokens.stream()
              .map(Row::token)
              .filter(which)
              .filter(token -> token.revokedAt() == null)
              .toList();
      live.forEach(token -> replace(token, at, token.lastUsedAt()));
      return live.size();
    });
  }

  @Override
  public void used(TokenId id, Instant at) {
    storage.forAllTenants(() -> {
      tokens
          .find(id)
          .map(Row::token)
          .filter(token ->
              token.lastUsedAt() == null || !token.lastUsedAt().isAfter(at.minus(BETWEEN_NOTES)))
          .ifPresent(token -> replace(token, token.revokedAt(), at));
      return true;
    });
  }

  private void replace(UserToken token, @Nullable Instant revokedAt, @Nullable Instant usedAt) {
    tokens.change(
        token.id(),
        row ->
            new Row(
                new UserToken(
                    token.id(),
                    token.user(),
                    token.prefix(),
                    token.description(),
                    token.scope(),
                    token.createdAt(),
                    token.expiresAt(),
                    revokedAt,
                    usedAt),
                row.hash()));
  }
}
