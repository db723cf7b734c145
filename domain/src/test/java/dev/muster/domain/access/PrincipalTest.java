package dev.muster.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrincipalTest {
  private static final TenantId TENANT = new TenantId(new UUID(1, 2));

  @Test
  void a_user_may_what_the_role_may() {
    Principal member = user(TENANT, Role.MEMBER);

    assertThat(member.may(Action.JOB_SUBMIT)).isTrue();
    assertThat(member.may(Action.AGENT_DISABLE)).isFalse();
    assertThat(member.may(Action.JOB_CLAIM)).isFalse();
  }

  @Test
  void an_agent_does_what_agents_do_and_nothing_else() {
    Principal agent = agent(TENANT, Set.of());

    assertThat(allowed(agent))
        .containsExactlyInAnyOrder(
            Action.JOB_CLAIM,
            Action.JOB_REPORT,
            Action.JOB_LOG,
            Action.AGENT_HEARTBEAT,
            Action.UPDATE_GET,
            Action.UPDATE_REPORT);
  }

  @Test
  void an_agent_may_beside_that_what_it_was_granted() {
    Principal agent = agent(TENANT, Set.of(Permission.DATA_READ));

    assertThat(agent.may(Action.JOB_LIST)).isTrue();
    assertThat(agent.may(Action.JOB_CLAIM)).isTrue();
    assertThat(agent.may(Action.JOB_SUBMIT)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void no_agent_has_more_than_a_member_whatever_is_stored_of_it(Permission permission) {
    Principal agent = agent(TENANT, EnumSet.allOf(Permission.class));
    boolean innate = permission == Permission.DATA_WRITE;

    for (Action action : Action.values()) {
      if (action.permission() == permission) {
        assertThat(agent.may(action))
            .as("%s", action)
            .isEqualTo(innate || Role.MEMBER.permissions().contains(permission));
      }
    }
  }

  @Test
  void an_agent_of_the_platform_has_no_grants_whatever_is_stored_of_it() {
    assertThat(allowed(agent(TenantId.SYSTEM, EnumSet.allOf(Permission.class))))
        .isEqualTo(allowed(agent(TENANT, Set.of())));
  }

  @Test
  void who_acts_as_an_agent_does_what_agents_do_and_not_what_this_one_was_granted() {
    Principal.OfAgent agent = agent(TENANT, Set.of(Permission.DATA_READ));
    Principal.OfUser root = user(TenantId.SYSTEM, Role.OPERATOR);

    Principal acting = new Principal.ActingAs(root, agent);

    assertThat(allowed(acting)).isEqualTo(allowed(agent(TENANT, Set.of())));
    assertThat(acting.tenant()).isEqualTo(TENANT);
    assertThat(acting.displayName()).contains(root.displayName()).contains(agent.displayName());
    assertThat(allowed(new Principal.ActingAs(user(TENANT, Role.ADMIN), agent))).isEmpty();
  }

  @Test
  void a_token_opens_what_both_the_role_and_its_scope_let_through() {
    Principal reading = scoped(Role.ADMIN, new TokenScope(null, null, true));
    Principal data =
        scoped(
            Role.MEMBER,
            new TokenScope(Set.of(Permission.DATA_READ, Permission.DATA_QUERY), null, false));
    Principal one = scoped(Role.MEMBER, new TokenScope(null, Set.of(Action.JOB_SUBMIT), false));
    Principal both =
        scoped(
            Role.ADMIN,
            new TokenScope(
                Set.of(Permission.WORKFLOW_EXECUTE),
                Set.of(Action.JOB_SUBMIT, Action.JOB_GET),
                false));

    assertThat(allowed(reading)).contains(Action.JOB_GET, Action.AUDIT_QUERY, Action.TOKEN_LIST);
    assertThat(reading.may(Action.JOB_SUBMIT)).isFalse();
    assertThat(reading.may(Action.AGENT_ROTATE_KEY)).isFalse();
    assertThat(data.may(Action.JOB_GET)).isTrue();
    assertThat(data.may(Action.AUDIT_QUERY)).as("no member may").isFalse();
    assertThat(allowed(one)).containsExactly(Action.JOB_SUBMIT);
    assertThat(allowed(both)).containsExactly(Action.JOB_SUBMIT);
    assertThat(allowed(scoped(Role.OPERATOR, new TokenScope(Set.of(), null, false)))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_scope_never_adds(Role role) {
    for (Permission permission : Permission.values()) {
      Principal scoped = scoped(role, new TokenScope(Set.of(permission), null, false));
      assertThat(Arrays.asList(allowed(new Principal.OfUser(user(role), TOKEN, TokenScope.ALL))))
          .containsAll(Arrays.asList(allowed(scoped)));
    }
  }

  @Test
  void the_holder_of_a_jobs_token_reads_follows_and_cancels_it() {
    Principal holder = new Principal.OfJob(new JobId(new UUID(3, 4)), TENANT);

    assertThat(allowed(holder))
        .containsExactlyInAnyOrder(
            Action.JOB_GET, Action.JOB_LOGS, Action.JOB_ATTEMPTS, Action.JOB_CANCEL);
  }

  @Test
  void the_server_itself_is_never_let_in_as_a_caller() {
    assertThat(allowed(new Principal.OfServer(TENANT))).isEmpty();
  }

  @Test
  void operators_and_only_they_are_in_the_system_tenant() {
    assertThat(user(TenantId.SYSTEM, Role.OPERATOR).isOperator()).isTrue();
    assertThat(user(TENANT, Role.ADMIN).isOperator()).isFalse();
    assertThatThrownBy(() -> user(TENANT, Role.OPERATOR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> user(TenantId.SYSTEM, Role.ADMIN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final TokenId TOKEN = new TokenId(new UUID(7, 8));

  private static Principal.OfAgent agent(TenantId tenant, Set<Permission> granted) {
    return new Principal.OfAgent(
        new AgentId(new UUID(3, 4)), new AgentName("a"), tenant, granted, 0);
  }

  private static Principal scoped(Role role, TokenScope scope) {
    return new Principal.OfUser(user(role), TOKEN, scope);
  }

  private static User user(Role role) {
    return user(role == Role.OPERATOR ? TenantId.SYSTEM : TENANT, role).user();
  }

  private static Principal.OfUser user(TenantId tenant, Role role) {
    User user = new User(new UserId(new UUID(5, 6)), tenant, "somebody", role, Instant.EPOCH);
    return new Principal.OfUser(user, new TokenId(new UUID(7, 8)), TokenScope.ALL);
  }

  private static Action[] allowed(Principal principal) {
    return Arrays.stream(Action.values()).filter(principal::may).toArray(Action[]::new);
  }
}
