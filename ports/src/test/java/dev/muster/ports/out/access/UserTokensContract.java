package dev.muster.ports.out.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.access.UserTokens.Held;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link UserTokens} must do. */
public abstract class UserTokensContract {
  private static final Instant LATER = Samples.NOW.plus(Duration.ofDays(1));

  protected abstract UserTokens tokens();

  protected abstract Users users();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  @Test
  void a_token_is_found_with_its_user_by_hash_and_by_id() {
    User user = aUser();
    UserToken token = expiring(Samples.userToken(user.id()), LATER);
    TokenHash hash = Samples.hash();

    assertThat(tokens().add(token, hash)).isTrue();

    assertThat(tokens().byHash(hash)).contains(new Held(token, user));
    assertThat(tokens().find(token.id())).contains(new Held(token, user));
  }

  @Test
  void what_is_not_there_is_not_found() {
    assertThat(tokens().byHash(Samples.hash())).isEmpty();
    assertThat(tokens().find(new TokenId(Samples.id()))).isEmpty();
  }

  @Test
  void the_same_token_is_not_added_twice() {
    User user = aUser();
    UserToken token = Samples.userToken(user.id());
    TokenHash hash = Samples.hash();
    tokens().add(token, hash);

    assertThat(tokens().add(Samples.userToken(user.id()), hash)).isFalse();
    assertThat(tokens().add(Samples.userToken(aUser().id()), hash)).isFalse();

    assertThat(tokens().byHash(hash)).contains(new Held(token, user));
  }

  @Test
  void a_token_is_taken_back_once_and_still_found() {
    UserToken token = Samples.userToken(aUser().id());
    TokenHash hash = Samples.hash();
    tokens().add(token, hash);

    assertThat(tokens().revoke(token.id(), LATER)).isTrue();
    assertThat(tokens().revoke(token.id(), LATER.plusSeconds(1))).isFalse();

    assertThat(tokens().byHash(hash).orElseThrow().token().revokedAt()).isEqualTo(LATER);
  }

  @Test
  void all_tokens_of_a_user_are_taken_back_and_nobody_elses() {
    User user = aUser();
    UserToken one = Samples.userToken(user.id());
    UserToken two = Samples.userToken(user.id());
    UserToken others = Samples.userToken(aUser().id());
    tokens().add(one, Samples.hash());
    tokens().add(two, Samples.hash());
    tokens().add(others, Samples.hash());
    tokens().revoke(one.id(), Samples.NOW);

    assertThat(tokens().revokeAllOf(user.id(), LATER)).isEqualTo(1);

    assertThat(found(one).revokedAt()).isEqualTo(Samples.NOW);
    assertThat(found(two).revokedAt()).isEqualTo(LATER);
    assertThat(found(others).revokedAt()).isNull();
  }

  @Test
  void the_tokens_of_a_user_that_are_shown_alike_are_taken_back_together() {
    User user = aUser();
    UserToken one = Samples.userToken(user.id());
    UserToken kept = Samples.userToken(user.id());
    UserToken others = Samples.userToken(aUser().id());
    tokens().add(one, Samples.hash());
    tokens().add(kept, Samples.hash());
    tokens().add(others, Samples.hash());

    assertThat(tokens().revokeOthersShownAs(user.id(), "shown otherwise", kept.id(), LATER))
        .isZero();
    assertThat(tokens().revokeOthersShownAs(user.id(), one.prefix(), kept.id(), LATER))
        .isEqualTo(1);

    assertThat(found(one).revokedAt()).isEqualTo(LATER);
    assertThat(found(kept).revokedAt()).isNull();
    assertThat(found(others).revokedAt()).isNull();
  }

  @Test
  void a_use_is_noted_at_most_once_a_minute() {
    UserToken token = Samples.userToken(aUser().id());
    tokens().add(token, Samples.hash());

    tokens().used(token.id(), LATER);
    tokens().used(token.id(), LATER.plusSeconds(59));
    assertThat(found(token).lastUsedAt()).isEqualTo(LATER);

    tokens().used(token.id(), LATER.plusSeconds(60));
    assertThat(found(token).lastUsedAt()).isEqualTo(LATER.plusSeconds(60));
  }

  @Test
  void a_token_is_kept_with_what_it_opens() {
    for (TokenScope scope :
        List.of(
            TokenScope.ALL,
            new TokenScope(null, null, true),
            new TokenScope(Set.of(), Set.of(), false),
            new TokenScope(
                Set.of(Permission.DATA_READ, Permission.DATA_QUERY),
                Set.of(Action.JOB_GET),
                false))) {
      UserToken token = scoped(Samples.userToken(aUser().id()), scope);
      TokenHash hash = Samples.hash();
      tokens().add(token, hash);

      assertThat(found(token)).isEqualTo(token);
      assertThat(tokens().byHash(hash).orElseThrow().token().scope()).isEqualTo(scope);
    }
  }

  @Test
  void the_tokens_of_a_user_are_listed_newest_first_and_nobody_elses() {
    User user = aUser();
    tokens().add(Samples.userToken(aUser().id()), Samples.hash());
    UserToken older = Samples.userToken(user.id());
    UserToken newer = Samples.userToken(user.id());
    tokens().add(older, Samples.hash());
    tokens().add(newer, Samples.hash());
    tokens().revoke(older.id(), Samples.NOW);

    Page<UserToken> first = tokens().list(user.id(), new PageRequest(1, null));
    Page<UserToken> second = tokens().list(user.id(), new PageRequest(1, first.next()));

    assertThat(first.items()).containsExactly(newer);
    assertThat(second.items()).extracting(UserToken::id).containsExactly(older.id());
    assertThat(second.items().getFirst().revokedAt()).isEqualTo(Samples.NOW);
    assertThat(second.next()).isNull();
  }

  private static UserToken scoped(UserToken token, TokenScope scope) {
    return new UserToken(
        token.id(),
        token.user(),
        token.prefix(),
        token.description(),
        scope,
        token.createdAt(),
        null,
        null,
        null);
  }

  private User aUser() {
    User user = Samples.user(aTenant());
    users().add(user);
    return user;
  }

  private UserToken found(UserToken token) {
    return tokens().find(token.id()).orElseThrow().token();
  }

  private static UserToken expiring(UserToken token, @Nullable Instant at) {
    return new UserToken(
        token.id(),
        token.user(),
        token.prefix(),
        token.description(),
        token.scope(),
        token.createdAt(),
        at,
        null,
        null);
  }
}
