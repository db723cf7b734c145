package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
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
import dev.muster.ports.in.fleet.AgentSafeguards.Rotation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AccessServiceTest extends UseCaseTest {
  @Test
  void every_bad_credential_gets_one_and_the_same_answer() {
    Tenant tenant = tenant(PlanName.FREE);
    Enrolled one = enrolled(ANY, 1);
    Enrolled other = enrolled(ANY, 1);
    Job job = queued(tenant);
    Issued<UserToken> expired = token(tenant, Role.MEMBER, 1);
    Issued<UserToken> revoked = token(tenant, Role.MEMBER, null);
    value(in().users().revokeToken(operator(), revoked.record().id()));
    pass(Duration.ofHours(1));
    List<Presented> bad =
        List.of(
            new Presented.Nothing(),
            new Presented.Contradiction(),
            new Presented.Token(Secret.of("")),
            new Presented.Token(Secret.of("whatever")),
            new Presented.Token(Secret.of(expired.secret().reveal() + "x")),
            new Presented.Token(in().secrets().token(TokenKind.USER)),
            new Presented.Token(in().secrets().token(TokenKind.AGENT)),
            new Presented.Token(in().secrets().token(TokenKind.REGISTRATION)),
            new Presented.Token(in().secrets().token(TokenKind.SHARED)),
            new Presented.Token(in().secrets().token(TokenKind.JOB)),
            new Presented.Token(expired.secret()),
            new Presented.Token(revoked.secret()),
            new Presented.Token(in().secrets().jobToken(tenant.id(), unknownJob())),
            new Presented.AgentKey(one.agent().id().value(), other.apiKey()),
            new Presented.AgentKey(unknownAgent().value(), one.apiKey()),
            new Presented.AgentKey(one.agent().id().value(), revoked.secret()));

    Set<Outcome<Caller>> answers = new HashSet<>();
    for (Presented presented : bad) {
      answers.add(admit(presented, Action.JOB_GET, Audience.USERS_AND_JOB_HOLDERS, job.id()));
    }

    assertThat(answers).hasSize(1);
    assertRefused(answers.iterator().next(), Code.UNAUTHENTICATED);
  }

  @Test
  void who_is_unknown_leaves_nothing_in_any_audit_log() {
    admit(new Presented.Nothing(), Action.JOB_LIST, Audience.USERS, null);

    assertThat(audited()).isEmpty();
  }

  @Test
  void a_user_is_who_the_token_says() {
    Tenant tenant = tenant(PlanName.FREE);
    Issued<UserToken> token = token(tenant, Role.MEMBER, null);

    Caller caller =
        value(admit(new Presented.Token(token.secret()), Action.JOB_LIST, Audience.USERS, null));

    assertThat(caller.tenant()).isEqualTo(tenant.id());
    assertThat(caller.origin()).isEqualTo(ORIGIN);
    assertThat(caller.principal())
        .isInstanceOfSatisfying(
            Principal.OfUser.class,
            user -> assertThat(user.token()).isEqualTo(token.record().id()));
  }

  @Test
  void the_use_of_a_token_is_noted() {
    Issued<UserToken> token = token(tenant(PlanName.FREE), Role.MEMBER, null);

    admit(new Presented.Token(token.secret()), Action.JOB_LIST, Audience.USERS, null);

    assertThat(ports().userTokens().find(token.record().id()).orElseThrow().token().lastUsedAt())
        .isEqualTo(now());
  }

  @Test
  void the_configured_token_of_an_operator_may_look_like_anything() {
    Secret odd = Secret.of("correct horse battery staple");
    in().operators().ensureAdministrator(odd);

    Caller caller =
        value(admit(new Presented.Token(odd), Action.TENANT_CREATE, Audience.OPERATORS, null));

    assertThat(caller.isOperator()).isTrue();
    assertThat(caller.tenant()).isEqualTo(TenantId.SYSTEM);
  }

  @Test
  void an_agent_is_known_by_its_key_alone_or_with_its_id() {
    Enrolled enrolled = enrolled(ANY, 1);
    Presented key = new Presented.Token(enrolled.apiKey());
    Presented both = new Presented.AgentKey(enrolled.agent().id().value(), enrolled.apiKey());

    for (Presented presented : List.of(key, both)) {
      Caller caller = value(admit(presented, Action.JOB_CLAIM, Audience.AGENTS, null));
      assertThat(caller.agent()).isEqualTo(enrolled.agent().id());
    }
    assertThat(stored(enrolled.agent()).lastSeenAt()).isEqualTo(now());
  }

  @Test
  void an_agent_that_must_sign_is_not_seen_by_its_key_alone() {
    Enrolled enrolled = enrolled(ANY, 1);
    AgentId id = enrolled.agent().id();
    Rotation signing = new Rotation(Duration.ofHours(1), true);
    value(in().safeguards().rotateSigningSecret(operator(), TenantId.SYSTEM, id, signing));

    Presented key = new Presented.Token(enrolled.apiKey());
    Caller caller = value(admit(key, Action.JOB_CLAIM, Audience.AGENTS, null));
    assertThat(stored(enrolled.agent()).lastSeenAt()).isNull();

    value(in().access().heard(caller, key, Action.AGENT_HEARTBEAT));
    assertThat(stored(enrolled.agent()).lastSeenAt()).isEqualTo(now());
  }

  @Test
  void a_disabled_agent_is_told_so_and_is_not_seen() {
    Enrolled enrolled = enrolled(ANY, 1);
    value(in().agents().disable(operator(), TenantId.SYSTEM, enrolled.agent().id()));

    assertRefused(
        admit(new Presented.Token(enrolled.apiKey()), Action.JOB_CLAIM, Audience.AGENTS, null),
        Code.AGENT_DISABLED);
    assertThat(stored(enrolled.agent()).lastSeenAt()).isNull();
  }

  @Test
  void the_key_of_a_deleted_agent_is_as_good_as_none() {
    Enrolled enrolled = enrolled(ANY, 1);
    value(in().agents().delete(operator(), TenantId.SYSTEM, enrolled.agent().id()));

    assertRefused(
        admit(new Presented.Token(enrolled.apiKey()), Action.JOB_CLAIM, Audience.AGENTS, null),
        Code.UNAUTHENTICATED);
  }

  @Test
  void a_job_token_is_good_for_its_job_only() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(tenant);
    Job neighbour = queued(tenant);
    Presented token = new Presented.Token(in().submission().tokenOf(tenant.id(), job.id()));

    Caller caller = value(admit(token, Action.JOB_GET, Audience.USERS_AND_JOB_HOLDERS, job.id()));
    assertThat(caller.principal()).isEqualTo(new Principal.OfJob(job.id(), tenant.id()));
    assertRefused(
        admit(token, Action.JOB_GET, Audience.USERS_AND_JOB_HOLDERS, neighbour.id()),
        Code.UNAUTHENTICATED);
    assertRefused(
        admit(token, Action.JOB_LIST, Audience.USERS_AND_JOB_HOLDERS, null), Code.UNAUTHENTICATED);
  }

  @Test
  void a_job_token_reads_follows_and_cancels_and_nothing_else() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(tenant);
    Presented token = new Presented.Token(in().submission().tokenOf(tenant.id(), job.id()));

    for (Action action : Action.values()) {
      boolean may =
          Set.of(Action.JOB_GET, Action.JOB_LOGS, Action.JOB_ATTEMPTS, Action.JOB_CANCEL)
              .contains(action);
      Outcome<Caller> outcome = admit(token, action, Audience.USERS_AND_JOB_HOLDERS, job.id());
      assertThat(outcome instanceof Outcome.Done<Caller>).as("%s", action).isEqualTo(may);
    }
    assertRefused(admit(token, Action.JOB_GET, Audience.USERS, job.id()), Code.FORBIDDEN);
  }

  @Test
  void each_audience_keeps_the_others_out() {
    Presented operator = operatorToken();
    Presented user = new Presented.Token(token(tenant(PlanName.FREE), Role.ADMIN, null).secret());
    Presented agent = new Presented.Token(enrolled(ANY, 1).apiKey());

    assertRefused(admit(user, Action.AGENT_LIST, Audience.OPERATORS, null), Code.OPERATOR_REQUIRED);
    assertRefused(admit(agent, Action.JOB_CLAIM, Audience.OPERATORS, null), Code.OPERATOR_REQUIRED);
    assertRefused(admit(operator, Action.JOB_CLAIM, Audience.AGENTS, null), Code.FORBIDDEN);
    assertRefused(admit(user, Action.JOB_CLAIM, Audience.AGENTS, null), Code.FORBIDDEN);
    assertRefused(admit(agent, Action.JOB_LIST, Audience.USERS, null), Code.FORBIDDEN);
    assertRefused(
        admit(agent, Action.JOB_CLAIM, Audience.USERS_AND_JOB_HOLDERS, null), Code.FORBIDDEN);
    value(admit(operator, Action.JOB_LIST, Audience.USERS, null));
  }

  @Test
  void a_denial_names_action_and_permission_and_is_audited_with_who_and_from_where() {
    Tenant tenant = tenant(PlanName.FREE);
    Presented token = new Presented.Token(token(tenant, Role.AUDITOR, null).secret());

    Outcome<Caller> outcome = admit(token, Action.JOB_SUBMIT, Audience.USERS, null);

    assertRefused(outcome, Code.FORBIDDEN);
    assertThat(outcome.toString()).contains("job.submit").contains("workflow_execute");
    AuditEntry entry = audited("job.submit").getFirst();
    assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
    assertThat(entry.tenant()).isEqualTo(tenant.id());
    assertThat(entry.actor().kind()).isEqualTo("user");
    assertThat(entry.origin()).isEqualTo(ORIGIN);
    assertThat(entry.after()).contains("workflow_execute").contains("forbidden");
  }

  @Test
  void a_token_that_opens_less_is_denied_the_rest_which_is_audited() {
    Tenant tenant = tenant(PlanName.FREE);
    Presented reading = scoped(tenant, Role.ADMIN, new TokenScope(null, null, true));
    Presented one =
        scoped(tenant, Role.ADMIN, new TokenScope(null, Set.of(Action.JOB_SUBMIT), false));

    value(admit(reading, Action.JOB_LIST, Audience.USERS, null));
    assertRefused(admit(reading, Action.JOB_SUBMIT, Audience.USERS, null), Code.FORBIDDEN);
    value(admit(one, Action.JOB_SUBMIT, Audience.USERS, null));
    assertRefused(admit(one, Action.JOB_LIST, Audience.USERS, null), Code.FORBIDDEN);

    assertThat(audited("job.list").getFirst().after()).contains("data_read");
    assertThat(audited("job.submit").getFirst().after()).contains("workflow_execute");
  }

  @Test
  void who_may_acts_as_an_agent_in_its_tenant_and_each_call_is_audited_under_both_names() {
    Tenant tenant = tenant(PlanName.FREE);
    Agent agent = agentOf(tenant).agent();
    Secret root = value(in().operators().create("root")).secret();

    Caller caller = value(actAs(root, agent.id().value(), Action.JOB_CLAIM, Audience.AGENTS));

    assertThat(caller.tenant()).isEqualTo(tenant.id());
    assertThat(caller.agent()).isEqualTo(agent.id());
    assertThat(caller.isOperator()).isFalse();
    AuditEntry entry = audited("agent.act_as").getFirst();
    assertThat(entry.tenant()).isEqualTo(tenant.id());
    assertThat(entry.actor().kind()).isEqualTo("operator");
    assertThat(entry.actor().name()).isEqualTo("root");
    assertThat(entry.resource().id()).isEqualTo(agent.id().toString());
    assertThat(entry.after()).contains("root as " + agent.name().value()).contains("job.claim");
    assertThat(stored(agent).lastSeenAt()).as("nobody takes it for the agent").isNull();
  }

  @Test
  void what_is_done_as_an_agent_is_audited_under_both_names() {
    Agent agent = agent(1);
    Job job = assigned(tenant(PlanName.FREE), agent);
    Secret root = value(in().operators().create("root")).secret();
    Caller acting = value(actAs(root, agent.id().value(), Action.JOB_REPORT, Audience.AGENTS));

    value(in().reporting().report(acting, job.id(), job.attempt(), new Report.Completed("{}")));

    AuditEntry entry = audited("agent.task_completed").getFirst();
    assertThat(entry.actor().kind()).isEqualTo("operator");
    assertThat(entry.actor().name()).isEqualTo("root as " + agent.name().value());
  }

  @Test
  void nobody_else_acts_as_an_agent_and_to_try_is_audited() {
    Tenant tenant = tenant(PlanName.FREE);
    Enrolled enrolled = agentOf(tenant);
    UUID agent = enrolled.agent().id().value();
    Secret admin = token(tenant, Role.ADMIN, null).secret();

    for (Secret other : List.of(admin, enrolled.apiKey(), enrolled(ANY, 1).apiKey())) {
      assertRefused(actAs(other, agent, Action.JOB_CLAIM, Audience.AGENTS), Code.FORBIDDEN);
    }
    assertThat(audited("agent.act_as"))
        .hasSize(3)
        .allSatisfy(entry -> {
          assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
          assertThat(entry.after()).contains("agent_impersonate");
        });
  }

  @Test
  void acting_reaches_nothing_but_the_agents_endpoints() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(tenant);
    UUID agent = agentOf(tenant).agent().id().value();
    Secret root = value(in().operators().create("root")).secret();

    for (Audience audience : Audience.values()) {
      for (Action action : Action.values()) {
        Outcome<Caller> outcome = actAs(root, agent, action, audience);
        boolean allowed =
            audience == Audience.AGENTS && action.permission() == Permission.DATA_WRITE;
        assertThat(outcome instanceof Outcome.Done<Caller>)
            .as("%s for %s", action, audience)
            .isEqualTo(allowed);
      }
    }
    Secret jobToken = in().submission().tokenOf(tenant.id(), job.id());
    assertRefused(
        in().access()
            .admit(
                new Presented.ActingAs(jobToken, agent),
                Action.JOB_GET,
                Audience.USERS_AND_JOB_HOLDERS,
                ORIGIN,
                job.id()),
        Code.UNAUTHENTICATED);
  }

  @Test
  void acting_needs_an_agent_that_is_there_and_enabled_and_a_token_that_opens_it() {
    Agent agent = agent(1);
    UUID id = agent.id().value();
    Secret root = value(in().operators().create("root")).secret();
    assertRefused(
        actAs(root, unknownAgent().value(), Action.JOB_CLAIM, Audience.AGENTS), Code.NOT_FOUND);
    value(in().agents().disable(operator(), TenantId.SYSTEM, agent.id()));
    assertRefused(actAs(root, id, Action.JOB_CLAIM, Audience.AGENTS), Code.AGENT_DISABLED);
    assertRefused(
        actAs(in().secrets().token(TokenKind.USER), id, Action.JOB_CLAIM, Audience.AGENTS),
        Code.UNAUTHENTICATED);

    NewUser operator = new NewUser("reader", Role.OPERATOR, null);
    User reader = value(in().users().create(operator(), operator));
    Secret reading =
        value(
                in().users()
                    .issueToken(
                        operator(),
                        reader.id(),
                        new NewToken("", null, new TokenScope(null, null, true))))
            .secret();
    assertRefused(actAs(reading, id, Action.JOB_CLAIM, Audience.AGENTS), Code.FORBIDDEN);
  }

  private Outcome<Caller> actAs(Secret token, UUID agent, Action action, Audience audience) {
    return in().access()
        .admit(new Presented.ActingAs(token, agent), action, audience, ORIGIN, null);
  }

  private Presented scoped(Tenant tenant, Role role, TokenScope scope) {
    NewUser wanted = new NewUser("user-" + in().ids().next(), role, tenant.slug());
    User user = value(in().users().create(operator(), wanted));
    NewToken token = new NewToken("a token", null, scope);
    return new Presented.Token(
        value(in().users().issueToken(operator(), user.id(), token)).secret());
  }

  private Issued<UserToken> token(Tenant tenant, Role role, @Nullable Integer hours) {
    NewUser wanted = new NewUser("user-" + in().ids().next(), role, tenant.slug());
    User user = value(in().users().create(operator(), wanted));
    NewToken token = new NewToken("a token", hours, TokenScope.ALL);
    return value(in().users().issueToken(operator(), user.id(), token));
  }

  private Presented operatorToken() {
    return new Presented.Token(value(in().operators().create("root")).secret());
  }

  private Outcome<Caller> admit(
      Presented presented, Action action, Audience audience, @Nullable JobId job) {
    return in().access().admit(presented, action, audience, ORIGIN, job);
  }
}
