package dev.muster.jdbc.access;

import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.credential.TokenHash;
import dev.muster.jdbc.ByteStrings;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.Keyset;
import dev.muster.ports.out.access.UserTokens;
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
import org.jdbi.v3.core.Handle;

/** The tokens of users. Thread-safe. */
public final class JdbcUserTokens implements UserTokens {
  private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

  private static final String ADD =
      """
      INSERT INTO user_tokens
        (tenant_id, id, user_id, hash, prefix, description, permissions, actions, read_only,
         created_at, expires_at, revoked_at, last_used_at)
      SELECT users.tenant_id, :id, users.id, :hash, :prefix, :description,
             string_to_array(:permissions, ' '), string_to_array(:actions, ' '), :read_only,
             :created_at, :expires_at, :revoked_at, :last_used_at
        FROM users
       WHERE users.id = :user_id
         AND NOT EXISTS (SELECT FROM user_tokens WHERE hash = :hash)
      ON CONFLICT (tenant_id, hash) DO NOTHING
      """;

  private static final String HELD =
      """
      SELECT users.*,
             token.hash AS token_hash,
             token.id AS token_id,
             token.prefix AS token_prefix,
             token.description AS token_description,
             token.permissions AS token_permissions,
             token.actions AS token_actions,
             token.read_only AS token_read_only,
             token.created_at AS token_created_at,
             token.expires_at AS token_expires_at,
             token.revoked_at AS token_revoked_at,
             token.last_used_at AS token_last_used_at
        FROM user_tokens AS token
        JOIN users ON users.tenant_id = token.tenant_id AND users.id = token.user_id
      """;

  private static final String BY_HASH = HELD + " WHERE token.hash = ANY (:hashes)";

  private static final String FIND = HELD + " WHERE token.id = :id";

  private static final String LIST =
      HELD
          + """
           WHERE token.user_id = :user_id
             AND (token.created_at, token.id) < (:after_at, :after_id)
           ORDER BY token.created_at DESC, token.id DESC
           LIMIT :limit
          """;

  private static final String REVOKE =
      "UPDATE user_tokens SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL";

  private static final String REVOKE_ALL_OF =
      "UPDATE user_tokens SET revoked_at = :at WHERE user_id = :id AND revoked_at IS NULL";

  private static final String REVOKE_OTHERS_SHOWN_AS =
      REVOKE_ALL_OF + " AND prefix = :prefix AND id <> :kept";

  private static final String USED =
      """
      UPDATE user_tokens
         SET last_used_at = :at
       WHERE id = :id AND (last_used_at IS NULL OR last_used_at <= :noted_before)
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcUserTokens(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean add(UserToken token, TokenHash hash) {
    return transactions.forAllTenants(handle -> {
      boolean added = insert(handle, token, hash) == 1;
      if (!added && held(handle, List.of(hash)).isEmpty()) {
        throw new IllegalStateException("there is no user " + token.user());
      }
      return added;
    });
  }

  private static int insert(Handle handle, UserToken token, TokenHash hash) {
    return handle
        .createUpdate(ADD)
        .bind("id", token.id().value())
        .bind("user_id", token.user().value())
        .bind("hash", hash.bytes())
        .bind("prefix", token.prefix())
        .bind("description", token.description())
        .bind("permissions", ScopeRows.permissions(token.scope()))
        .bind("actions", ScopeRows.actions(token.scope()))
        .bind("read_only", token.scope().readOnly())
        .bind("created_at", token.createdAt())
        .bindByType("expires_at", token.expiresAt(), Instant.class)
        .bindByType("revoked_at", token.revokedAt(), Instant.class)
        .bindByType("last_used_at", token.lastUsedAt(), Instant.class)
        .execute();
  }

  @Override
  public Map<TokenHash, Held> byHashes(Collection<TokenHash> hashes) {
    return transactions.forAllTenants(handle -> held(handle, hashes));
  }

  private static Map<TokenHash, Held> held(Handle handle, Collection<TokenHash> hashes) {
    Map<TokenHash, Held> held = new HashMap<>();
    handle
        .createQuery(BY_HASH)
        .bind("hashes", ByteStrings.of(hashes.stream().map(TokenHash::bytes).toList()))
        .map((row, context) ->
            Map.entry(
                TokenHash.stored(Columns.bytes(row, "token_hash")), UserRows.held(row, context)))
        .forEach(found -> held.put(found.getKey(), found.getValue()));
    return held;
  }

  @Override
  public Optional<Held> find(TokenId id) {
    return transactions.forAllTenants(
        handle -> handle.createQuery(FIND).bind("id", id.value()).map(UserRows::held).findOne());
  }

  @Override
  public Page<UserToken> list(UserId user, PageRequest page) {
    return transactions.forAllTenants(handle ->
        Keyset.page(
            handle.createQuery(LIST).bind("user_id", user.value()),
            page,
            (row, context) -> UserRows.held(row, context).token(),
            token -> new Cursor(token.createdAt(), token.id().value())));
  }

  @Override
  public boolean revoke(TokenId id, Instant at) {
    int revoked =
        transactions.forAllTenants(
            handle -> handle.createUpdate(REVOKE).bind("id", id.value()).bind("at", at).execute());
    return revoked == 1;
  }

  @Override
  public int revokeAllOf(UserId user, Instant at) {
    return transactions.forAllTenants(handle ->
        handle.createUpdate(REVOKE_ALL_OF).bind("id", user.value()).bind("at", at).execute());
  }

  @Override
  public int revokeOthersShownAs(UserId user, String prefix, TokenId kept, Instant at) {
    return transactions.forAllTenants(handle ->
        handle
            .createUpdate(REVOKE_OTHERS_SHOWN_AS)
            .bind("id", user.value())
            .bind("prefix", prefix)
            .bind("kept", kept.value())
            .bind("at", at)
            .execute());
  }

  @Override
  public void used(TokenId id, Instant at) {
    transactions.forAllTenants(handle ->
        handle
            .createUpdate(USED)
            .bind("id", id.value())
            .bind("at", at)
            .bind("noted_before", at.minus(BETWEEN_NOTES))
            .execute());
  }
}
