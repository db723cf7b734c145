package dev.muster.application.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.fleet.AgentCredentials.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AgentCredentialServiceTest extends UseCaseTest {
  private static final Rotation USUAL = new Rotation(1, null);

  private final Tenant tenant = tenant(PlanName.PRO);

  @Test
  void after_a_rotation_both_keys_work_until_the_grace_ends() {
    Enrolled enrolled = enrolled(ANY, 1);

    Issued<AgentKey> rotated = rotate(enrolled.agent(), USUAL);

    assertThat(opens(enrolled.apiKey())).isTrue();
    assertThat(opens(rotated.secret())).isTrue();
    pass(Duration.ofHours(1).minusNanos(1_000));
    assertThat(opens(enrolled.apiKey())).isTrue();
    // What was found good is trusted for a second; the end is not known of before it comes.
    pass(Duration.ofSeconds(1));
    assertThat(opens(enrolled.apiKey())).isFalse();
    assertThat(opens(rotated.secret())).isTrue();
  }

  @Test
  void a_rotation_without_grace_ends_the_old_key_at_the_next_request() {
    Enrolled enrolled = enrolled(ANY, 1);
    assertThat(opens(enrolled.apiKey())).isTrue();

    Issued<AgentKey> rotated = rotate(enrolled.agent(), new Rotation(0, null));

    assertThat(opens(enrolled.apiKey())).isFalse();
    assertThat(opens(rotated.secret())).isTrue();
    assertThat(ports().wakeups().heard()).contains(enrolled.agent().id().toString());
  }

  @Test
  void another_rotation_puts_the_end_of_a_grace_off_for_no_key() {
    Enrolled enrolled = enrolled(ANY, 1);
    Issued<AgentKey> first = rotate(enrolled.agent(), USUAL);
    pass(Duration.ofMinutes(30));
    Issued<AgentKey> second = rotate(enrolled.agent(), new Rotation(24, null));

    pass(Duration.ofMinutes(31));
    assertThat(opens(enrolled.apiKey())).isFalse();
    assertThat(opens(first.secret())).isTrue();
    pass(Duration.ofHours(24));
    assertThat(opens(first.secret())).isFalse();
    assertThat(opens(second.secret())).isTrue();
  }

  @Test
  void a_key_may_have_an_end_of_its_own_which_a_grace_does_not_put_off() {
    Agent agent = enrolled(ANY, 1).agent();
    Issued<AgentKey> ending = rotate(agent, new Rotation(1, 2));
    assertThat(ending.record().expiresAt()).isEqualTo(now().plus(Duration.ofHours(2)));
    Issued<AgentKey> lasting = rotate(agent, new Rotation(24, null));

    pass(Duration.ofHours(2));

    assertThat(opens(ending.secret())).isFalse();
    assertThat(opens(lasting.secret())).isTrue();
  }

  @Test
  void revoked_keys_are_refused_at_the_next_request_and_the_jobs_wait_again() {
    Enrolled enrolled = enrolled(ANY, 5);
    Agent agent = online(enrolled.agent());
    Issued<AgentKey> rotated = rotate(agent, USUAL);
    Job job = assigned(tenant, agent);
    assertThat(opens(enrolled.apiKey())).isTrue();
    assertThat(opens(rotated.secret())).isTrue();

    assertThat(value(revoke(agent))).isEqualTo(2);

    assertThat(opens(enrolled.apiKey())).isFalse();
    assertThat(opens(rotated.secret())).isFalse();
    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stored(job).attemptsUsed()).isZero();
    assertThat(audited("agent.revoke_key")).hasSize(1);
    assertThat(audited("job.requeue")).hasSize(1);
  }

  @Test
  void revoking_again_changes_nothing_and_a_rotation_lets_the_agent_in_again() {
    Enrolled enrolled = enrolled(ANY, 1);
    value(revoke(enrolled.agent()));
    assertThat(value(revoke(enrolled.agent()))).isZero();
    assertThat(audited("agent.revoke_key")).hasSize(1);

    Issued<AgentKey> rotated = rotate(enrolled.agent(), USUAL);

    assertThat(opens(enrolled.apiKey())).isFalse();
    assertThat(opens(rotated.secret())).isTrue();
  }

  @Test
  void keys_are_listed_by_their_prefixes_with_their_last_use_and_no_secret() {
    Enrolled enrolled = enrolled(ANY, 1);
    Issued<AgentKey> rotated = rotate(enrolled.agent(), USUAL);
    opens(enrolled.apiKey());

    List<AgentKey> keys =
        value(in().agentCredentials().keys(operator(), TenantId.SYSTEM, enrolled.agent().id()));

    assertThat(keys).hasSize(2);
    assertThat(keys).extracting(AgentKey::prefix).allMatch(prefix -> prefix.length() < 16);
    assertThat(keys).filteredOn(key -> key.lastUsedAt() != null).hasSize(1);
    for (Secret secret : List.of(enrolled.apiKey(), rotated.secret())) {
      assertThat(keys.toString() + audited()).doesNotContain(secret.reveal());
    }
    assertThat(audited("token.list")).hasSize(1);
  }

  @Test
  void the_use_of_a_key_is_noted_once_a_minute() {
    Enrolled enrolled = enrolled(ANY, 1);
    opens(enrolled.apiKey());
    Instant first = now();
    pass(Duration.ofSeconds(59));
    opens(enrolled.apiKey());
    assertThat(lastUse(enrolled.agent())).isEqualTo(first);
    pass(Duration.ofSeconds(1));
    opens(enrolled.apiKey());
    assertThat(lastUse(enrolled.agent())).isEqualTo(now());
  }

  @Test
  void the_keys_of_another_tenants_agents_are_not_there() {
    Enrolled enrolled = enrolled(ANY, 1);
    Caller stranger = admin(tenant);

    for (TenantId where : List.of(TenantId.SYSTEM, tenant.id())) {
      var id = enrolled.agent().id();
      assertRefused(in().agentCredentials().rotateKey(stranger, where, id, USUAL), Code.NOT_FOUND);
      assertRefused(in().agentCredentials().revokeKeys(stranger, where, id), Code.NOT_FOUND);
      assertRefused(in().agentCredentials().keys(stranger, where, id), Code.NOT_FOUND);
    }
    assertThat(opens(enrolled.apiKey())).isTrue();
  }

  @Test
  void nobody_is_given_the_key_of_an_agent_that_may_do_more_than_they() {
    Agent agent = agentOf(tenant).agent();
    value(
        in().agentGranting()
            .grant(
                admin(tenant), tenant.id(), agent.id(), Set.of(Permission.WORKFLOW_EXECUTE), ""));
    Caller narrow = scoped(new TokenScope(Set.of(Permission.AGENT_MANAGE), null, false));

    assertRefused(
        in().agentCredentials().rotateKey(narrow, tenant.id(), agent.id(), USUAL), Code.FORBIDDEN);

    assertThat(audited("agent.rotate_key")).hasSize(1);
    assertThat(audited("agent.rotate_key").getFirst().outcome().name()).isEqualTo("REFUSED");
    value(in().agentCredentials().rotateKey(admin(tenant), tenant.id(), agent.id(), USUAL));
  }

  @Test
  void nobody_is_given_a_key_who_may_not_do_what_every_agent_may() {
    Agent agent = agentOf(tenant).agent();
    Caller managing = scoped(new TokenScope(Set.of(Permission.AGENT_MANAGE), null, false));
    Caller working =
        scoped(new TokenScope(Set.of(Permission.AGENT_MANAGE, Permission.DATA_WRITE), null, false));

    assertRefused(
        in().agentCredentials().rotateKey(managing, tenant.id(), agent.id(), USUAL),
        Code.FORBIDDEN);
    value(in().agentCredentials().rotateKey(working, tenant.id(), agent.id(), USUAL));
  }

  private Caller scoped(TokenScope scope) {
    UserId id = new UserId(in().ids().next());
    User user = new User(id, tenant.id(), "narrow", Role.ADMIN, now());
    return new Caller(new Principal.OfUser(user, new TokenId(id.value()), scope), ORIGIN);
  }

  private Issued<AgentKey> rotate(Agent agent, Rotation rotation) {
    return value(
        in().agentCredentials().rotateKey(operator(), agent.tenant(), agent.id(), rotation));
  }

  private Outcome<Integer> revoke(Agent agent) {
    return in().agentCredentials().revokeKeys(operator(), agent.tenant(), agent.id());
  }

  private Instant lastUse(Agent agent) {
    return ports().agentKeys().list(agent.tenant(), agent.id()).getFirst().lastUsedAt();
  }

  private boolean opens(Secret key) {
    return in().access()
            .admit(new Presented.Token(key), Action.JOB_CLAIM, Audience.AGENTS, ORIGIN, null)
        instanceof Outcome.Done<Caller>;
  }
}
