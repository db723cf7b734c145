package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.paging.PageRequest;
import org.junit.jupiter.api.Test;

final class OperatorServiceTest extends UseCaseTest {
  private static final Secret CONFIGURED = Secret.of("from the environment");

  @Test
  void the_configured_administrator_is_made_once_however_often_the_server_starts() {
    assertThat(in().operators().any()).isFalse();

    in().operators().ensureAdministrator(CONFIGURED);
    in().operators().ensureAdministrator(CONFIGURED);

    assertThat(in().operators().any()).isTrue();
    assertThat(in().users().list(operator(), PageRequest.first()).items())
        .extracting(User::name, User::role)
        .containsExactly(tuple("admin", Role.OPERATOR));
    assertThat(token(CONFIGURED).isLive(now())).isTrue();
    assertThat(audited()).hasSize(2);
  }

  @Test
  void another_configured_token_goes_to_the_same_administrator() {
    in().operators().ensureAdministrator(CONFIGURED);
    in().operators().ensureAdministrator(Secret.of("a new one"));

    assertThat(in().users().list(operator(), PageRequest.first()).items()).hasSize(1);
    assertThat(token(Secret.of("a new one")).user()).isEqualTo(token(CONFIGURED).user());
  }

  @Test
  void a_configured_token_that_was_replaced_is_out() {
    in().operators().ensureAdministrator(CONFIGURED);
    in().operators().ensureAdministrator(Secret.of("a new one"));

    assertThat(token(CONFIGURED).isLive(now())).isFalse();
    assertThat(token(Secret.of("a new one")).isLive(now())).isTrue();
    assertThat(audited("user.revoke_token")).hasSize(1);
  }

  @Test
  void what_is_kept_of_the_configured_token_shows_nothing_of_it() {
    in().operators().ensureAdministrator(CONFIGURED);

    assertThat(token(CONFIGURED).toString()).doesNotContain(CONFIGURED.reveal());
    assertThat(audited().toString()).doesNotContain(CONFIGURED.reveal());
  }

  @Test
  void an_operator_is_made_with_a_token() {
    Issued<User> issued = value(in().operators().create("ada"));

    assertThat(token(issued.secret()).user()).isEqualTo(issued.record().id());
    assertRefused(in().operators().create("ada"), Code.NAME_TAKEN);
  }

  @Test
  void a_reset_ends_all_tokens_and_issues_a_new_one_and_says_so_in_the_audit_log() {
    Issued<User> before = value(in().operators().create("ada"));

    Issued<User> after = value(in().operators().resetToken("ada"));

    assertThat(token(before.secret()).isLive(now())).isFalse();
    assertThat(token(after.secret()).isLive(now())).isTrue();
    assertThat(after.record()).isEqualTo(before.record());
    assertThat(audited("user.create_token")).hasSize(2);
    assertThat(audited("user.revoke_token"))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.resource().id()).isEqualTo(before.record().id().toString()));
  }

  @Test
  void nobody_can_be_reset_who_is_not_there() {
    assertRefused(in().operators().resetToken("nobody"), Code.NOT_FOUND);
  }

  private UserToken token(Secret secret) {
    return ports().userTokens().byHash(TokenHash.of(secret)).orElseThrow().token();
  }
}
