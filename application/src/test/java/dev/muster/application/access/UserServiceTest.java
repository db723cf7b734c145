package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.UserAdministration.NewUser;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UserServiceTest extends UseCaseTest {
  @Test
  void a_user_belongs_to_the_tenant_that_was_named() {
    Tenant tenant = tenant(PlanName.FREE);

    User user = value(create("ada", Role.MEMBER, tenant.slug()));

    assertThat(user.tenant()).isEqualTo(tenant.id());
    assertThat(in().users().list(operator(), PageRequest.first()).items()).containsExactly(user);
    AuditEntry entry = audited("user.create").getFirst();
    assertThat(entry.tenant()).isEqualTo(tenant.id());
    assertThat(entry.after()).contains("ada").contains("member");
  }

  @Test
  void an_operator_belongs_to_no_tenant_and_everybody_else_to_one() {
    Tenant tenant = tenant(PlanName.FREE);

    assertThat(value(create("root", Role.OPERATOR, null)).tenant()).isEqualTo(TenantId.SYSTEM);
    assertRefused(create("root", Role.OPERATOR, tenant.slug()), Code.INVALID);
    assertRefused(create("ada", Role.ADMIN, null), Code.INVALID);
    assertRefused(create("ada", Role.ADMIN, new TenantSlug("nobody")), Code.INVALID);
  }

  @Test
  void nobody_but_operators_joins_the_system_tenant() {
    TenantSlug system = ports().tenants().find(TenantId.SYSTEM).orElseThrow().slug();

    assertRefused(create("ada", Role.ADMIN, system), Code.INVALID);
  }

  @Test
  void a_name_is_taken_within_its_tenant_only() {
    Tenant tenant = tenant(PlanName.FREE);
    value(create("ada", Role.MEMBER, tenant.slug()));

    assertRefused(create("ada", Role.ADMIN, tenant.slug()), Code.NAME_TAKEN);
    value(create("ada", Role.MEMBER, tenant(PlanName.FREE).slug()));
  }

  @Test
  void a_token_is_stored_as_a_hash_and_lives_as_long_as_it_was_said() {
    User user = value(create("ada", Role.MEMBER, tenant(PlanName.FREE).slug()));

    Issued<UserToken> brief = issue(user, 2);
    Issued<UserToken> endless = issue(user, null);

    assertThat(brief.record().expiresAt()).isEqualTo(now().plus(Duration.ofHours(2)));
    assertThat(endless.record().expiresAt()).isNull();
    assertThat(ports().userTokens().byHash(TokenHash.of(brief.secret())).orElseThrow().user())
        .isEqualTo(user);
    assertThat(brief.secret().reveal()).startsWith(brief.record().prefix());
    assertThat(audited("user.create_token").toString()).doesNotContain(brief.secret().reveal());
  }

  @Test
  void a_revoked_token_stays_revoked_since_the_first_time() {
    User user = value(create("ada", Role.MEMBER, tenant(PlanName.FREE).slug()));
    TokenId token = issue(user, null).record().id();

    UserToken revoked = value(in().users().revokeToken(operator(), token));
    pass(Duration.ofMinutes(1));
    UserToken again = value(in().users().revokeToken(operator(), token));

    assertThat(revoked.revokedAt()).isNotNull();
    assertThat(again).isEqualTo(revoked);
    assertThat(audited("user.revoke_token")).hasSize(1);
  }

  @Test
  void what_is_not_there_is_not_found() {
    UserId nobody = new UserId(in().ids().next());

    assertRefused(in().users().issueToken(operator(), nobody, "", null), Code.NOT_FOUND);
    assertRefused(
        in().users().revokeToken(operator(), new TokenId(nobody.value())), Code.NOT_FOUND);
  }

  private Outcome<User> create(String name, Role role, @Nullable TenantSlug tenant) {
    return in().users().create(operator(), new NewUser(name, role, tenant));
  }

  private Issued<UserToken> issue(User user, @Nullable Integer hours) {
    return value(in().users().issueToken(operator(), user.id(), "laptop", hours));
  }
}
