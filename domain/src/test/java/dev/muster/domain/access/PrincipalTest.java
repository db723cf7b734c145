package dev.muster.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

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
    Principal agent =
        new Principal.OfAgent(new AgentId(new UUID(3, 4)), new AgentName("a"), TENANT);

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

  private static Principal.OfUser user(TenantId tenant, Role role) {
    User user = new User(new UserId(new UUID(5, 6)), tenant, "somebody", role, Instant.EPOCH);
    return new Principal.OfUser(user, new TokenId(new UUID(7, 8)));
  }

  private static Action[] allowed(Principal principal) {
    return Arrays.stream(Action.values()).filter(principal::may).toArray(Action[]::new);
  }
}
