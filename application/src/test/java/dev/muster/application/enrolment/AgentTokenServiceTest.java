package dev.muster.application.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Agent tokens, and the agents that come with them by name. */
final class AgentTokenServiceTest extends UseCaseTest {
  private static final UUID HERE = new UUID(1, 1);
  private static final UUID ELSEWHERE = new UUID(2, 2);
  private static final UUID REGISTRATION = new UUID(7, 7);
  private static final int MOST_A_MINUTE = Installation.REQUESTS_PER_MINUTE * 11 / 10;
  private static final CertificateFingerprint CERTIFICATE =
      new CertificateFingerprint("ab".repeat(32));

  private final Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);
  private final Issued<AgentToken> token = token(tenant);
  private final Access door = in().access();

  @Test
  void a_token_has_its_form_and_is_shown_once_and_in_no_audit_entry() {
    assertThat(token.secret().reveal()).matches("agent_[0-9a-f]{64}");
    assertThat(value(in().agentTokens().list(admin(tenant), PageRequest.first())).items())
        .containsExactly(token.record());
    assertThat(audited().toString()).doesNotContain(token.secret().reveal());
  }

  @Test
  void operators_have_no_tenant_whose_agents_could_come() {
    assertRefused(in().agentTokens().create(operator(), "fleet"), Code.TENANT_REQUIRED);
  }

  @Test
  void an_agent_is_made_at_its_first_call_and_is_its_tenants() {
    Caller first = value(come("scanner", HERE));
    pass(Duration.ofSeconds(6));
    Caller second = value(come("scanner", HERE));

    assertThat(first.tenant()).isEqualTo(tenant.id());
    assertThat(second.agent()).isEqualTo(first.agent());
    assertThat(first.principal().displayName()).isEqualTo("scanner");
    assertThat(audited("agent.registered"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.after()).contains(token.record().prefix()));
    assertThat(agent("scanner").lastSeenAt()).isEqualTo(now());
  }

  @Test
  void each_name_is_an_agent_of_its_own() {
    assertThat(value(come("one", HERE)).agent()).isNotEqualTo(value(come("two", HERE)).agent());
  }

  @Test
  void a_token_that_is_not_good_is_as_good_as_none_and_leaves_nothing() {
    Secret unknown = in().secrets().agentToken();

    assertRefused(come(unknown, "scanner", HERE), Code.UNAUTHENTICATED);
    assertRefused(come(Secret.of("agent_"), "scanner", HERE), Code.UNAUTHENTICATED);

    assertThat(ports().agents().byName(tenant.id(), new AgentName("scanner"))).isEmpty();
  }

  @Test
  void without_a_name_a_token_lets_nobody_in() {
    assertRefused(
        door.admit(
            new Presented.Token(token.secret()), Action.JOB_CLAIM, Audience.AGENTS, ORIGIN, null),
        Code.UNAUTHENTICATED);
  }

  @Test
  void a_call_that_is_not_an_agents_makes_no_agent() {
    assertRefused(
        door.admit(
            named(token.secret(), "scanner", HERE),
            Action.TOKEN_CREATE,
            Audience.USERS,
            ORIGIN,
            null),
        Code.UNAUTHENTICATED);

    assertThat(audited("agent.registered")).isEmpty();
  }

  @Test
  void who_comes_with_a_token_does_what_agents_do_and_nothing_else() {
    value(come("scanner", HERE));

    assertRefused(
        door.admit(
            named(token.secret(), "scanner", HERE),
            Action.TOKEN_CREATE,
            Audience.USERS,
            ORIGIN,
            null),
        Code.FORBIDDEN);
  }

  @Test
  void another_installation_does_not_come_under_the_name_of_one_that_is_alive() {
    value(come("scanner", HERE));

    assertRefused(come("scanner", ELSEWHERE), Code.AGENT_NAME_IN_USE);
    pass(Installation.LEASE.minusMillis(1));
    assertRefused(come("scanner", ELSEWHERE), Code.AGENT_NAME_IN_USE);
    assertThat(audited("agent.registered").getLast().outcome())
        .isEqualTo(AuditEntry.Outcome.REFUSED);
  }

  @Test
  void an_installation_that_has_gone_is_taken_over_and_then_kept_out() {
    Caller first = value(come("scanner", HERE));
    pass(Installation.LEASE);

    assertThat(value(come("scanner", ELSEWHERE)).agent()).isEqualTo(first.agent());

    assertRefused(come("scanner", HERE), Code.AGENT_NAME_IN_USE);
    assertThat(audited("agent.taken_over")).hasSize(1);
  }

  @Test
  void who_does_not_say_which_installation_it_is_takes_no_name_that_is_alive() {
    value(come("scanner", HERE));

    assertRefused(come("scanner", null), Code.AGENT_NAME_IN_USE);

    pass(Installation.LEASE);
    value(come("scanner", null));
    assertThat(audited("agent.taken_over")).hasSize(1);
  }

  @Test
  void names_that_are_made_up_cost_the_token_and_make_no_more_agents_than_it_may() {
    List<Outcome<Caller>> outcomes = many(i -> come("made-up-" + i, HERE));

    assertRefused(outcomes.getLast(), Code.RATE_LIMITED);
    assertThat(audited().size()).isLessThanOrEqualTo(MOST_A_MINUTE);
    assertThat(ports().agents().all()).hasSizeLessThanOrEqualTo(MOST_A_MINUTE);
  }

  @Test
  void a_name_in_use_that_is_tried_again_and_again_fills_no_audit_log() {
    value(come("scanner", HERE));
    String taken = enrolledWithKey().name().value();

    List<Outcome<Caller>> outcomes = many(i -> come(taken, HERE));

    assertRefused(outcomes.getFirst(), Code.AGENT_NAME_IN_USE);
    assertRefused(outcomes.getLast(), Code.RATE_LIMITED);
    assertThat(audited("agent.registered").size()).isLessThanOrEqualTo(MOST_A_MINUTE);
    assertThat(come("scanner", HERE)).as("who is known").isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_tenant_has_so_many_agents_by_name_and_no_more() {
    int made = 0;
    Outcome<Caller> last = come("made-up", HERE);
    for (int i = 0; last instanceof Outcome.Done<Caller>; i++) {
      made++;
      if (made % 500 == 0) {
        pass(Duration.ofMinutes(2));
      }
      last = come("made-up-" + i, HERE);
    }

    assertRefused(last, Code.AGENT_LIMIT_REACHED);
    assertThat(made).isEqualTo(Installation.MOST_NAMED);
    assertThat(ports().agents().all()).hasSize(made);
    value(in().agents().delete(admin(tenant), tenant.id(), agent("made-up").id()));
    value(come("another", HERE));
  }

  @Test
  void without_the_tenants_certificate_a_token_makes_no_agent_and_keeps_none_online() {
    value(come("scanner", HERE));
    Instant before = now();
    List<String> asked = List.of(CERTIFICATE.value());
    TenantChanges changes =
        new TenantChanges(null, null, null, null, null, null, null, asked, null);
    value(in().tenants().change(operator(), tenant.slug(), changes));
    pass(Duration.ofSeconds(30));

    assertRefused(come("another", HERE), Code.CERTIFICATE_REQUIRED);
    assertRefused(come("scanner", ELSEWHERE), Code.CERTIFICATE_REQUIRED);
    come("scanner", HERE);

    assertThat(ports().agents().byName(tenant.id(), new AgentName("another"))).isEmpty();
    assertThat(agent("scanner").lastSeenAt()).isEqualTo(before);
    value(come(token.secret(), "scanner", HERE, CERTIFICATE));
    assertThat(agent("scanner").lastSeenAt()).isEqualTo(now());
    value(come(token.secret(), "another", HERE, CERTIFICATE));
  }

  private static List<Outcome<Caller>> many(IntFunction<Outcome<Caller>> call) {
    return IntStream.range(0, MOST_A_MINUTE + 40).mapToObj(call).toList();
  }

  @Test
  void an_agent_with_a_key_of_its_own_is_not_spoken_for() {
    Agent enrolled = enrolledWithKey();

    assertRefused(come(enrolled.name().value(), HERE), Code.AGENT_NAME_IN_USE);
  }

  @Test
  void a_suspended_tenant_gets_no_new_agents() {
    suspend(tenant);

    assertRefused(come("scanner", HERE), Code.TENANT_SUSPENDED);
    assertThat(ports().agents().byName(tenant.id(), new AgentName("scanner"))).isEmpty();
  }

  @Test
  void a_token_of_another_tenant_makes_an_agent_of_that_tenant_only() {
    Tenant other = tenant(PlanName.FREE, Pool.DEDICATED);
    Caller ours = value(come("scanner", HERE));

    Caller theirs = value(come(token(other).secret(), "scanner", ELSEWHERE));

    assertThat(theirs.tenant()).isEqualTo(other.id());
    assertThat(theirs.agent()).isNotEqualTo(ours.agent());
  }

  @Test
  void a_revoked_token_is_out_at_the_next_call_and_what_its_agents_had_is_queued_again() {
    value(come("scanner", HERE));
    Job job = assigned(tenant, agent("scanner"));

    AgentToken revoked = value(in().agentTokens().revoke(admin(tenant), token.record().id()));

    assertThat(revoked.revokedAt()).isEqualTo(now());
    assertRefused(come("scanner", HERE), Code.UNAUTHENTICATED);
    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(audited("token.revoke")).hasSize(1);
    value(in().agentTokens().revoke(admin(tenant), token.record().id()));
    assertThat(audited("token.revoke")).as("repeated").hasSize(1);
  }

  @Test
  void an_agent_comes_back_with_another_token_of_its_tenants() {
    Caller before = value(come("scanner", HERE));
    value(in().agentTokens().revoke(admin(tenant), token.record().id()));

    Caller after = value(come(token(tenant).secret(), "scanner", HERE));

    assertThat(after.agent()).isEqualTo(before.agent());
    assertThat(after.keyGeneration()).isGreaterThan(before.keyGeneration());
  }

  @Test
  void nobody_takes_back_the_token_of_another_tenant() {
    Tenant other = tenant(PlanName.FREE, Pool.DEDICATED);

    assertRefused(in().agentTokens().revoke(admin(other), token.record().id()), Code.NOT_FOUND);
    value(come("scanner", HERE));
  }

  @Test
  void an_agent_says_what_it_can_do_and_gets_its_update_key_once() {
    Caller agent = value(come("scanner", HERE));

    Optional<Secret> first = value(declare(agent, "nuclei", null));
    Optional<Secret> again = value(declare(agent, "nmap", null));

    assertThat(first).hasValueSatisfying(key -> assertThat(key.reveal()).matches("[0-9a-f]{64}"));
    assertThat(again).isEmpty();
    assertThat(agent("scanner").abilities().capabilities()).containsExactly("nmap");
    assertThat(agent("scanner").maxConcurrent()).isEqualTo(7);
    assertThat(audited("agent.declared")).hasSize(2);
    assertThat(audited().toString()).doesNotContain(first.orElseThrow().reveal());
  }

  @Test
  void what_an_agent_says_of_itself_makes_no_replica_look_credentials_up_again() {
    AtomicInteger forgotten = new AtomicInteger();
    ports()
        .wakeups()
        .wake(
            new Wakeable() {
              @Override
              public void credentialsChanged() {
                forgotten.incrementAndGet();
              }
            });
    Caller agent = value(come("scanner", HERE));
    int before = forgotten.get();

    value(declare(agent, "nuclei", null));
    value(declare(agent, "nmap", null));

    assertThat(forgotten.get()).isEqualTo(before);
  }

  @Test
  void a_lost_update_key_can_be_asked_for_again_for_ten_minutes() {
    Caller agent = value(come("scanner", HERE));
    Optional<Secret> lost = value(declare(agent, "nuclei", REGISTRATION));
    pass(Duration.ofMinutes(10));

    Optional<Secret> again = value(declare(agent, "nuclei", REGISTRATION));

    assertThat(again).isPresent().isNotEqualTo(lost);
    assertThat(value(declare(agent, "nuclei", new UUID(8, 8)))).isEmpty();
    pass(Duration.ofNanos(1000));
    assertThat(value(declare(agent, "nuclei", REGISTRATION))).isEmpty();
  }

  @Test
  void an_agent_that_was_enrolled_cannot_widen_what_it_was_enrolled_with() {
    Agent enrolled = enrolledWithKey();

    assertRefused(declare(calling(enrolled), "everything", null), Code.STATE_CONFLICT);
    assertThat(stored(enrolled).abilities()).isEqualTo(enrolled.abilities());
  }

  private Agent enrolledWithKey() {
    return value(
            in().enrolment(new EnrolmentService.Doors(Optional.empty(), true))
                .withoutToken(tenant.id(), applicant(ANY, 1), ORIGIN))
        .agent();
  }

  private Outcome<Optional<Secret>> declare(
      Caller agent, String capability, @Nullable UUID registration) {
    Abilities abilities = Abilities.of(Set.of(capability), Set.of(), "eu");
    return in().declarations().declare(agent, new Declaration(abilities, 7, "1.0", registration));
  }

  private Agent agent(String name) {
    return ports().agents().byName(tenant.id(), new AgentName(name)).orElseThrow();
  }

  private Outcome<Caller> come(String name, @Nullable UUID instance) {
    return come(token.secret(), name, instance);
  }

  private Outcome<Caller> come(Secret secret, String name, @Nullable UUID instance) {
    return come(secret, name, instance, null);
  }

  private Outcome<Caller> come(
      Secret secret,
      String name,
      @Nullable UUID instance,
      @Nullable CertificateFingerprint certificate) {
    return door.admit(
        named(secret, name, instance),
        certificate,
        Action.JOB_CLAIM,
        Audience.AGENTS,
        ORIGIN,
        null);
  }

  private static Presented named(Secret secret, String name, @Nullable UUID instance) {
    return new Presented.NamedAgent(secret, new AgentName(name), instance);
  }

  private Issued<AgentToken> token(Tenant whose) {
    return value(in().agentTokens().create(admin(whose), "fleet"));
  }
}
