package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
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
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.UserAdministration.NewToken;
import dev.muster.ports.in.access.UserAdministration.NewUser;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.Set;
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

    assertRefused(
        in().users().issueToken(operator(), nobody, new NewToken("", null, TokenScope.ALL)),
        Code.NOT_FOUND);
    assertRefused(
        in().users().revokeToken(operator(), new TokenId(nobody.value())), Code.NOT_FOUND);
  }

  @Test
  void a_token_never_makes_one_that_opens_more_than_itself() {
    User user = value(create("ada", Role.MEMBER, tenant(PlanName.FREE).slug()));
    User root = value(create("root", Role.OPERATOR, null));
    TokenScope narrow = new TokenScope(Set.of(Permission.SYSTEM_ADMIN), null, false);
    Caller caller = new Caller(new Principal.OfUser(root, aToken(), narrow), ORIGIN);

    assertRefused(
        in().users().issueToken(caller, root.id(), new NewToken("", null, TokenScope.ALL)),
        Code.FORBIDDEN);
    assertRefused(
        in().users().issueToken(caller, user.id(), new NewToken("", null, TokenScope.ALL)),
        Code.FORBIDDEN);
    value(in().users().issueToken(caller, root.id(), new NewToken("", null, narrow)));

    assertThat(audited("user.create_token"))
        .filteredOn(entry -> entry.outcome() == AuditEntry.Outcome.REFUSED)
        .hasSize(2);
  }

  @Test
  void tokens_are_listed_by_their_prefixes_which_is_audited() {
    User user = value(create("ada", Role.MEMBER, tenant(PlanName.FREE).slug()));
    Issued<UserToken> token = issue(user, null);
    issue(value(create("eve", Role.MEMBER, tenant(PlanName.FREE).slug())), null);

    assertThat(value(in().users().tokens(operator(), user.id(), PageRequest.first())).items())
        .containsExactly(token.record());

    assertThat(audited("user.list_tokens")).hasSize(1);
    assertRefused(
        in().users().tokens(operator(), new UserId(aToken().value()), PageRequest.first()),
        Code.NOT_FOUND);
  }

  private TokenId aToken() {
    return new TokenId(in().ids().next());
  }

  private Outcome<User> create(String name, Role role, @Nullable TenantSlug tenant) {
    return in().users().create(operator(), new NewUser(name, role, tenant));
  }

  private Issued<UserToken> issue(User user, @Nullable Integer hours) {
    return value(
        in().users()
            .issueToken(operator(), user.id(), new NewToken("laptop", hours, TokenScope.ALL)));
  }
}
