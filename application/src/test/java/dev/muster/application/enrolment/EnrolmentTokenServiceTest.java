package dev.muster.application.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EnrolmentTokenServiceTest extends UseCaseTest {
  private static final NewEnrolmentToken WANTED =
      new NewEnrolmentToken("for the lab", 24, 10, Constraints.NONE);

  private final Tenant tenant = tenant(PlanName.FREE);

  @Test
  void the_system_tenant_issues_bootstrap_tokens_and_others_registration_tokens() {
    Issued<EnrolmentToken> bootstrap = create(operator(), TenantId.SYSTEM);
    Issued<EnrolmentToken> registration = create(admin(tenant), tenant.id());

    assertThat(bootstrap.secret().reveal()).matches("[a-z0-9]{6}\\.[a-z0-9]{16}");
    assertThat(bootstrap.record().prefix()).isEqualTo(bootstrap.secret().reveal().substring(0, 6));
    assertThat(registration.secret().reveal()).startsWith("mst_reg_");
    assertThat(registration.record().expiresAt()).isEqualTo(now().plus(Duration.ofHours(24)));
    assertThat(registration.record().uses()).isZero();
  }

  @Test
  void a_token_is_stored_as_a_hash_and_stands_in_no_audit_entry() {
    Issued<EnrolmentToken> issued = create(admin(tenant), tenant.id());

    assertThat(ports().enrolmentTokens().byHash(TokenHash.of(issued.secret())))
        .contains(issued.record());
    assertThat(audited("token.create")).hasSize(1);
    assertThat(audited().toString()).doesNotContain(issued.secret().reveal());
  }

  @Test
  void the_tokens_of_another_tenant_are_not_there() {
    Caller stranger = admin(tenant(PlanName.FREE));
    EnrolmentTokenId token = create(admin(tenant), tenant.id()).record().id();
    var tokens = in().enrolmentTokens();
    PageRequest page = PageRequest.first();

    assertRefused(tokens.create(stranger, tenant.id(), WANTED), Code.NOT_FOUND);
    assertRefused(tokens.list(stranger, tenant.id(), page), Code.NOT_FOUND);
    assertRefused(tokens.revoke(stranger, tenant.id(), token, null), Code.NOT_FOUND);
    assertRefused(tokens.revoke(stranger, stranger.tenant(), token, null), Code.NOT_FOUND);
    assertRefused(tokens.registrations(stranger, tenant.id(), token, page), Code.NOT_FOUND);
    assertRefused(tokens.registrations(stranger, stranger.tenant(), token, page), Code.NOT_FOUND);
    assertRefused(tokens.create(stranger, TenantId.SYSTEM, WANTED), Code.NOT_FOUND);
  }

  @Test
  void an_operator_reaches_the_tokens_of_every_tenant_that_there_is() {
    EnrolmentToken token = create(operator(), tenant.id()).record();

    assertThat(
            value(in().enrolmentTokens().list(operator(), tenant.id(), PageRequest.first()))
                .items())
        .containsExactly(token);
    assertRefused(
        in().enrolmentTokens().create(operator(), new TenantId(in().ids().next()), WANTED),
        Code.NOT_FOUND);
  }

  @Test
  void reading_the_tokens_is_audited() {
    create(admin(tenant), tenant.id());

    value(in().enrolmentTokens().list(admin(tenant), tenant.id(), PageRequest.first()));

    assertThat(audited("token.list"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.DONE));
  }

  @Test
  void a_token_is_revoked_once_and_keeps_the_reason() {
    EnrolmentTokenId id = create(admin(tenant), tenant.id()).record().id();

    EnrolmentToken revoked =
        value(in().enrolmentTokens().revoke(admin(tenant), tenant.id(), id, "leaked"));
    pass(Duration.ofMinutes(1));
    EnrolmentToken again =
        value(in().enrolmentTokens().revoke(admin(tenant), tenant.id(), id, "again"));

    assertThat(revoked.revocationReason()).isEqualTo("leaked");
    assertThat(again).isEqualTo(revoked);
    assertThat(audited("token.revoke"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.after()).contains("leaked"));
  }

  @Test
  void a_token_that_is_not_there_cannot_be_revoked() {
    EnrolmentTokenId nothing = new EnrolmentTokenId(in().ids().next());

    assertRefused(
        in().enrolmentTokens().revoke(admin(tenant), tenant.id(), nothing, null), Code.NOT_FOUND);
  }

  private Issued<EnrolmentToken> create(Caller caller, TenantId where) {
    return value(in().enrolmentTokens().create(caller, where, WANTED));
  }
}
