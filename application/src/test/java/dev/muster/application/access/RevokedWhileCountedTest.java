package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.access.UserAdministration.NewToken;
import dev.muster.ports.in.access.UserAdministration.NewUser;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Between being recognised and being let in lies the wait to be counted. */
final class RevokedWhileCountedTest extends UseCaseTest {
  /** Done as soon as somebody is being counted, who by then was recognised. */
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  private final AccessService door =
      in().accessBehind(
              in().gateCountingBy(() -> {
                meanwhile.getAndSet(() -> {}).run();
                return 0;
              }));

  @Test
  void a_token_that_is_revoked_while_its_request_waits_to_be_counted_lets_nobody_in() {
    Issued<UserToken> token = token("ada");
    meanwhile.set(() -> revoke(token));

    assertRefused(list(token), Code.UNAUTHENTICATED);
  }

  @Test
  void so_it_is_with_one_that_was_let_in_a_moment_before() {
    Issued<UserToken> token = token("ada");
    value(list(token));
    meanwhile.set(() -> revoke(token));

    assertRefused(list(token), Code.UNAUTHENTICATED);
  }

  @Test
  void an_agent_whose_keys_are_revoked_meanwhile_is_not_let_in() {
    Enrolled enrolled = enrolled(ANY, 1);
    meanwhile.set(() ->
        value(
            in().agentCredentials()
                .revokeKeys(operator(), TenantId.SYSTEM, enrolled.agent().id())));

    assertRefused(
        admit(new Presented.Token(enrolled.apiKey()), Action.JOB_CLAIM, Audience.AGENTS),
        Code.UNAUTHENTICATED);
  }

  @Test
  void whose_credential_is_still_good_after_others_were_revoked_is_let_in() {
    Issued<UserToken> token = token("ada");
    Issued<UserToken> others = token("bob");
    meanwhile.set(() -> revoke(others));

    assertThat(value(list(token)).principal().displayName()).isEqualTo("ada");
    assertRefused(list(others), Code.UNAUTHENTICATED);
  }

  private Issued<UserToken> token(String name) {
    NewUser wanted = new NewUser(name, Role.MEMBER, tenant(PlanName.FREE).slug());
    User user = value(in().users().create(operator(), wanted));
    NewToken token = new NewToken("a token", null, TokenScope.ALL);
    return value(in().users().issueToken(operator(), user.id(), token));
  }

  private void revoke(Issued<UserToken> token) {
    value(in().users().revokeToken(operator(), token.record().id()));
  }

  private Outcome<Caller> list(Issued<UserToken> token) {
    return admit(new Presented.Token(token.secret()), Action.JOB_LIST, Audience.USERS);
  }

  private Outcome<Caller> admit(Presented presented, Action action, Audience audience) {
    return door.admit(presented, action, audience, ORIGIN, null);
  }
}
