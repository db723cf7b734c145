package dev.muster.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActionTableTest {
  @Test
  void there_are_fourteen_permissions_and_each_is_needed_by_an_action() {
    assertThat(Permission.values()).hasSize(14);
    assertThat(Arrays.stream(Action.values()).map(Action::permission).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Permission.values());
  }

  @Test
  void there_are_at_least_forty_one_actions_under_different_names() {
    List<String> names = Arrays.stream(Action.values()).map(Action::wireName).toList();

    assertThat(names).hasSizeGreaterThanOrEqualTo(41).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void a_name_on_the_wire_is_the_constants(Action action) {
    assertThat(action.wireName()).matches("[a-z]+\\.[a-z_]+");
    assertThat(action.wireName().replace('.', '_').toUpperCase(Locale.ROOT))
        .isEqualTo(action.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "WORKFLOW_EXECUTE:job.submit job.cancel job.retry job.retry_many workflow.run run.cancel"
            + " schedule.trigger",
        "WORKFLOW_MANAGE:workflow.create workflow.update workflow.delete schedule.create"
            + " schedule.update schedule.delete",
        "WORKFLOW_READ:workflow.list workflow.get run.list run.get schedule.list",
        "INTEGRATION_EXECUTE:integration.call integration.test",
        "INTEGRATION_MANAGE:integration.create integration.update integration.delete"
            + " integration.connect credential.store credential.rotate credential.delete",
        "INTEGRATION_READ:integration.list integration.get integration.health",
        "DATA_READ:job.list job.get job.logs job.attempts job.explain agent.list agent.get"
            + " worker.list",
        "DATA_WRITE:job.claim job.report job.log agent.heartbeat update.get update.report",
        "DATA_QUERY:stats.read audit.query audit.export",
        "AGENT_MANAGE:agent.create agent.enable agent.disable agent.drain agent.delete"
            + " agent.rotate_key agent.revoke_key agent.grant agent.set_limits"
            + " agent.set_fingerprints agent.rotate_signing_secret token.create token.list"
            + " token.revoke",
        "AGENT_IMPERSONATE:agent.act_as",
        "EVENT_PUBLISH:event.publish",
        "EVENT_SUBSCRIBE:event.list event.subscribe event.unsubscribe event.stream"
      })
  void a_permission_opens_these_actions(Permission permission, String names) {
    assertThat(
            Arrays.stream(Action.values())
                .filter(action -> action.permission() == permission)
                .map(Action::wireName))
        .containsExactlyInAnyOrder(names.split(" "));
  }

  @Test
  void these_actions_only_look() {
    assertThat(Arrays.stream(Action.values()).filter(Action::onlyLooks).map(Action::wireName))
        .containsExactlyInAnyOrder(
            ("workflow.list workflow.get run.list run.get schedule.list integration.list"
                    + " integration.get integration.health job.list job.get job.logs job.attempts"
                    + " job.explain agent.list agent.get worker.list update.get stats.read"
                    + " audit.query audit.export token.list event.list event.stream tenant.list"
                    + " tenant.get plan.get user.list user.list_tokens release.list pool.get"
                    + " scheduler.simulate audit.query_all audit.export_all")
                .split(" "));
  }

  @Test
  void what_concerns_all_tenants_needs_the_operators_permission() {
    assertThat(
            Arrays.stream(Action.values())
                .filter(action -> action.permission() == Permission.SYSTEM_ADMIN)
                .map(action -> action.wireName().split("\\.")[0])
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "tenant", "plan", "user", "release", "pool", "scheduler", "audit");
  }

  @Test
  void roles_hold_what_the_table_says() {
    Set<Permission> allButTheOperators = EnumSet.allOf(Permission.class);
    allButTheOperators.remove(Permission.SYSTEM_ADMIN);
    allButTheOperators.remove(Permission.AGENT_IMPERSONATE);

    assertThat(Role.OPERATOR.permissions()).containsExactlyInAnyOrder(Permission.values());
    assertThat(Role.ADMIN.permissions()).isEqualTo(allButTheOperators);
    assertThat(Role.MEMBER.permissions())
        .containsExactlyInAnyOrder(
            Permission.WORKFLOW_EXECUTE,
            Permission.WORKFLOW_READ,
            Permission.INTEGRATION_EXECUTE,
            Permission.INTEGRATION_READ,
            Permission.DATA_READ,
            Permission.EVENT_PUBLISH,
            Permission.EVENT_SUBSCRIBE);
    assertThat(Role.AUDITOR.permissions())
        .containsExactlyInAnyOrder(
            Permission.WORKFLOW_READ,
            Permission.INTEGRATION_READ,
            Permission.DATA_READ,
            Permission.DATA_QUERY);
  }
}
