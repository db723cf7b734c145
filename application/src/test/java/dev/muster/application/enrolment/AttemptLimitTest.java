package dev.muster.application.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttemptLimitTest extends UseCaseTest {
  private static final Secret LOCAL_KEY = Secret.of("the key of local mode");

  private final Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);

  @Test
  void the_sixth_failure_of_a_minute_is_one_too_many_for_its_address_only() {
    for (int i = 0; i < 5; i++) {
      assertRefused(unknownToken(ORIGIN), Code.UNAUTHENTICATED);
    }
    assertRefused(unknownToken(ORIGIN), Code.RATE_LIMITED);
    assertRefused(unknownToken(new Origin("192.0.2.8", null, null)), Code.UNAUTHENTICATED);

    pass(Duration.ofMinutes(1));
    assertRefused(unknownToken(ORIGIN), Code.UNAUTHENTICATED);
  }

  @Test
  void a_good_token_gets_in_whatever_else_came_from_its_address() {
    Issued<EnrolmentToken> token = token(100);
    for (int i = 0; i < 6; i++) {
      unknownToken(ORIGIN);
    }

    for (int i = 0; i < 20; i++) {
      value(register(token));
    }
  }

  @Test
  void a_token_that_is_used_up_counts_as_a_failure_and_fills_no_audit_log() {
    Issued<EnrolmentToken> token = token(1);
    value(register(token));
    int before = audited("agent.registered").size();

    for (int i = 0; i < 5; i++) {
      assertRefused(register(token), Code.TOKEN_EXHAUSTED);
    }
    for (int i = 0; i < 50; i++) {
      assertRefused(register(token), Code.RATE_LIMITED);
    }

    assertThat(audited("agent.registered")).hasSize(before + 5);
  }

  @Test
  void wrong_bootstrap_tokens_and_local_keys_count_together() {
    EnrolmentService local =
        in().enrolment(new EnrolmentService.Doors(Optional.of(LOCAL_KEY), false));
    in().tenants().ensureLocal();
    Secret wrong = Secret.of("aaaaaa.bbbbbbbbbbbbbbbb");
    for (int i = 0; i < 3; i++) {
      assertRefused(
          local.withBootstrapToken(wrong, applicant(ANY, 1), ORIGIN), Code.UNAUTHENTICATED);
    }
    for (int i = 0; i < 2; i++) {
      assertRefused(local.locally(wrong, applicant(ANY, 1), false, ORIGIN), Code.UNAUTHENTICATED);
    }

    assertRefused(local.locally(wrong, applicant(ANY, 1), false, ORIGIN), Code.RATE_LIMITED);
    value(local.locally(LOCAL_KEY, applicant(ANY, 1), false, ORIGIN));
  }

  @Test
  void without_a_token_five_a_minute_get_in() {
    EnrolmentService open = in().enrolment(new EnrolmentService.Doors(Optional.empty(), true));
    for (int i = 0; i < 5; i++) {
      value(open.withoutToken(tenant.id(), applicant(ANY, 1), ORIGIN));
    }

    assertRefused(open.withoutToken(tenant.id(), applicant(ANY, 1), ORIGIN), Code.RATE_LIMITED);
  }

  private Outcome<Enrolled> unknownToken(Origin origin) {
    Secret secret = in().secrets().token(TokenKind.REGISTRATION);
    return in().enrolment().withRegistrationToken(secret, applicant(ANY, 1), origin);
  }

  private Outcome<Enrolled> register(Issued<EnrolmentToken> token) {
    return in().enrolment().withRegistrationToken(token.secret(), applicant(ANY, 1), ORIGIN);
  }

  private Issued<EnrolmentToken> token(int uses) {
    NewEnrolmentToken wanted = new NewEnrolmentToken("test", 24, uses, Constraints.NONE);
    return value(in().enrolmentTokens().create(admin(tenant), tenant.id(), wanted));
  }
}
