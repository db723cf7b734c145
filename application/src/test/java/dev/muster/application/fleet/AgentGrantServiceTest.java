package dev.muster.application.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AgentGrantServiceTest extends UseCaseTest {
  private final Tenant tenant = tenant(PlanName.PRO);
  private final Enrolled enrolled = agentOf(tenant);
  private final Agent agent = enrolled.agent();

  @Test
  void an_agent_begins_with_what_agents_do_and_nothing_else() {
    assertThat(open(Audience.AGENTS)).contains(Action.JOB_CLAIM, Action.AGENT_HEARTBEAT);
    assertThat(open(Audience.USERS)).doesNotContain(Action.JOB_LIST, Action.JOB_SUBMIT);
  }

  @Test
  void a_grant_opens_the_routes_of_its_permission_at_the_next_request_and_closes_them_again() {
    assertThat(open(Audience.USERS)).doesNotContain(Action.JOB_LIST);

    grant(admin(tenant), Permission.DATA_READ);
    assertThat(open(Audience.USERS))
        .contains(Action.JOB_LIST, Action.AGENT_GET)
        .doesNotContain(Action.JOB_SUBMIT, Action.AUDIT_QUERY);

    grant(admin(tenant));
    assertThat(open(Audience.USERS)).doesNotContain(Action.JOB_LIST);
  }

  @Test
  void an_agent_that_may_read_sees_its_own_tenant_and_no_other() {
    grant(admin(tenant), Permission.DATA_READ);
    Job own = queued(tenant);
    Job others = queued(tenant(PlanName.FREE));
    Caller caller = admitted(Action.JOB_GET);

    assertThat(value(in().queries().find(caller, own.id())).job().id()).isEqualTo(own.id());
    assertRefused(in().queries().find(caller, others.id()), Code.NOT_FOUND);
    assertThat(in().queries().list(caller, JobFilter.ALL, PageRequest.first()).items())
        .extracting(standing -> standing.job().id())
        .containsExactly(own.id());
    assertRefused(
        in().agents().list(caller, TenantId.SYSTEM, AgentFilter.ALL, PageRequest.first()),
        Code.NOT_FOUND);
  }

  @Test
  void no_grant_opens_what_is_the_operators() {
    for (Permission permission : Role.MEMBER.permissions()) {
      grant(operator(), permission);
      assertThat(open(Audience.OPERATORS)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Permission.class,
      names = {
        "AGENT_MANAGE",
        "AGENT_IMPERSONATE",
        "SYSTEM_ADMIN",
        "DATA_QUERY",
        "WORKFLOW_MANAGE",
        "INTEGRATION_MANAGE"
      })
  void nobody_not_even_an_operator_grants_what_no_agent_can_have(Permission permission) {
    assertRefused(tryToGrant(operator(), agent, permission), Code.INVALID);
  }

  @Test
  void an_agent_of_the_platform_is_granted_nothing() {
    Agent platform = enrolled(ANY, 1).agent();

    assertRefused(tryToGrant(operator(), platform, Permission.DATA_READ), Code.INVALID);
    assertThat(
            value(
                in().agentGranting()
                    .grant(operator(), TenantId.SYSTEM, platform.id(), Set.of(), "")))
        .isEmpty();
  }

  @Test
  void nobody_grants_what_they_do_not_have() {
    Caller narrow = scoped(new TokenScope(Set.of(Permission.AGENT_MANAGE), null, false));
    Caller oneAction =
        scoped(new TokenScope(null, Set.of(Action.AGENT_GRANT, Action.JOB_GET), false));

    assertRefused(tryToGrant(narrow, agent, Permission.DATA_READ), Code.FORBIDDEN);
    assertRefused(tryToGrant(oneAction, agent, Permission.DATA_READ), Code.FORBIDDEN);

    assertThat(audited("agent.grant"))
        .extracting(AuditEntry::outcome)
        .containsOnly(AuditEntry.Outcome.REFUSED)
        .hasSize(2);
    assertThat(ports().agentGrants().of(tenant.id(), agent.id())).isEmpty();
  }

  @Test
  void a_grant_keeps_who_gave_it_when_and_why_while_others_come_and_go() {
    value(grantWithNote(admin(tenant), "reports", Permission.DATA_READ));
    Instant first = now();
    pass(Duration.ofHours(1));

    List<AgentGrant> grants =
        value(
            grantWithNote(
                operator(), "also works", Permission.DATA_READ, Permission.WORKFLOW_EXECUTE));

    assertThat(grants)
        .extracting(AgentGrant::permission, AgentGrant::note, AgentGrant::at)
        .containsExactlyInAnyOrder(
            tuple(Permission.DATA_READ, "reports", first),
            tuple(Permission.WORKFLOW_EXECUTE, "also works", now()));
    assertThat(grants).extracting(grant -> grant.by().kind()).containsOnly("user", "operator");
    assertThat(audited("agent.grant")).hasSize(2);
    assertThat(audited("agent.grant").getLast().after()).contains("workflow_execute");
  }

  @Test
  void a_note_stands_in_the_audit_log_word_for_word() {
    value(grantWithNote(admin(tenant), "the password is hunter2", Permission.DATA_READ));

    assertThat(audited("agent.grant"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.after()).contains("the password is hunter2"));
  }

  @Test
  void what_an_agent_has_already_leaves_no_entry_and_data_write_need_not_be_granted() {
    grant(admin(tenant), Permission.DATA_READ);
    grant(admin(tenant), Permission.DATA_READ, Permission.DATA_WRITE);

    assertThat(audited("agent.grant")).hasSize(1);
    assertThat(ports().agentGrants().of(tenant.id(), agent.id())).hasSize(1);
  }

  @Test
  void the_grants_of_another_tenants_agents_are_not_there() {
    Caller stranger = admin(tenant(PlanName.FREE));

    assertRefused(tryToGrant(stranger, agent, Permission.DATA_READ), Code.NOT_FOUND);
    assertRefused(in().agentGranting().grants(stranger, tenant.id(), agent.id()), Code.NOT_FOUND);
  }

  private void grant(Caller caller, Permission... permissions) {
    value(grantWithNote(caller, "", permissions));
  }

  private Outcome<List<AgentGrant>> grantWithNote(
      Caller caller, String note, Permission... permissions) {
    return in().agentGranting().grant(caller, tenant.id(), agent.id(), Set.of(permissions), note);
  }

  private Outcome<List<AgentGrant>> tryToGrant(Caller caller, Agent to, Permission permission) {
    return in().agentGranting().grant(caller, to.tenant(), to.id(), Set.of(permission), "");
  }

  private Caller scoped(TokenScope scope) {
    UserId id = new UserId(in().ids().next());
    User user = new User(id, tenant.id(), "narrow", Role.ADMIN, now());
    return new Caller(new Principal.OfUser(user, new TokenId(id.value()), scope), ORIGIN);
  }

  private List<Action> open(Audience audience) {
    return Arrays.stream(Action.values())
        .filter(action -> admit(action, audience) instanceof Outcome.Done<Caller>)
        .toList();
  }

  private Caller admitted(Action action) {
    return value(admit(action, Audience.USERS));
  }

  private Outcome<Caller> admit(Action action, Audience audience) {
    Secret key = enrolled.apiKey();
    return in().access().admit(new Presented.Token(key), action, audience, ORIGIN, null);
  }
}
