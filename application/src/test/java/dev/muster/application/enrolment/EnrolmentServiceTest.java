package dev.muster.application.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import dev.muster.ports.in.fleet.AgentCredentials.Rotation;
import dev.muster.ports.out.fleet.AgentKeys.SealedUpdateKey;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EnrolmentServiceTest extends UseCaseTest {
  private static final UUID REGISTRATION = new UUID(7, 7);

  private final Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);

  @Test
  void a_bootstrap_token_makes_a_platform_agent_whose_key_opens_the_door() {
    Issued<EnrolmentToken> token = bootstrapToken(1, Constraints.NONE);

    Enrolled enrolled = value(join(token, applicant(ANY, 3)));

    assertThat(enrolled.agent().tenant()).isEqualTo(TenantId.SYSTEM);
    assertThat(enrolled.agent().maxConcurrent()).isEqualTo(3);
    assertThat(admitted(enrolled.apiKey())).isInstanceOf(Outcome.Done.class);
    assertThat(enrolled.updateKey().reveal()).matches("[0-9a-f]{64}");
    assertThat(uses(token)).isEqualTo(1);
  }

  @Test
  void a_registration_token_makes_an_agent_of_its_tenant() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);

    Enrolled enrolled = value(register(token, applicant(ANY, 1)));

    assertThat(enrolled.agent().tenant()).isEqualTo(tenant.id());
    assertThat(registrations(token)).containsExactly(enrolled.agent());
    AuditEntry entry = audited("agent.registered").getFirst();
    assertThat(entry.tenant()).isEqualTo(tenant.id());
    assertThat(entry.actor().kind()).isEqualTo("anonymous");
    assertThat(entry.origin()).isEqualTo(ORIGIN);
  }

  @Test
  void neither_token_is_good_for_the_other_flow_and_unknown_ones_look_the_same() {
    Issued<EnrolmentToken> bootstrap = bootstrapToken(1, Constraints.NONE);
    Issued<EnrolmentToken> registration = registrationToken(1, Constraints.NONE);
    Applicant applicant = applicant(ANY, 1);
    List<Secret> bad =
        List.of(
            registration.secret(),
            Secret.of("aaaaaa.bbbbbbbbbbbbbbbb"),
            Secret.of(bootstrap.secret().reveal() + "x"),
            Secret.of(""));

    for (Secret secret : bad) {
      assertRefused(
          in().enrolment().withBootstrapToken(secret, applicant, ORIGIN), Code.UNAUTHENTICATED);
    }
    pass(AttemptLimit.WITHIN);
    for (Secret secret :
        List.of(bootstrap.secret(), in().secrets().token(TokenKind.REGISTRATION))) {
      assertRefused(
          in().enrolment().withRegistrationToken(secret, applicant, ORIGIN), Code.UNAUTHENTICATED);
    }
  }

  @Test
  void each_refusal_says_which_it_was_and_takes_no_use_and_is_audited() {
    Abilities able = Abilities.of(Set.of("nuclei"), Set.of("nmap"), "eu");
    assertTokenRefuses(demanding("us", Set.of(), Set.of()), able, Code.WRONG_REGION);
    assertTokenRefuses(demanding("eu", Set.of("ldap"), Set.of()), able, Code.MISSING_CAPABILITY);
    assertTokenRefuses(demanding("eu", Set.of(), Set.of("curl")), able, Code.MISSING_TOOL);
  }

  private void assertTokenRefuses(Constraints constraints, Abilities able, Code code) {
    Issued<EnrolmentToken> token = registrationToken(1, constraints);
    assertRefused(register(token, applicant(able, 1)), code);
    assertThat(uses(token)).isZero();
    assertRefusalAudited(token, code);
  }

  private void assertRefusalAudited(Issued<EnrolmentToken> token, Code code) {
    assertThat(audited("agent.registered"))
        .filteredOn(entry -> entry.outcome() == AuditEntry.Outcome.REFUSED)
        .filteredOn(entry -> token.record().id().toString().equals(entry.resource().id()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.after()).contains(code.wireName()));
  }

  @Test
  void a_revoked_token_admits_nobody() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    value(in().enrolmentTokens().revoke(admin(tenant), tenant.id(), token.record().id(), "leaked"));

    assertRefused(register(token, applicant(ANY, 1)), Code.TOKEN_REVOKED);
    assertRefusalAudited(token, Code.TOKEN_REVOKED);
  }

  @Test
  void an_expired_token_admits_nobody() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    pass(Duration.ofHours(24));

    assertRefused(register(token, applicant(ANY, 1)), Code.TOKEN_EXPIRED);
    assertRefusalAudited(token, Code.TOKEN_EXPIRED);
  }

  @Test
  void an_exhausted_token_admits_nobody() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    value(register(token, applicant(ANY, 1)));

    assertRefused(register(token, applicant(ANY, 1)), Code.TOKEN_EXHAUSTED);
    assertRefusalAudited(token, Code.TOKEN_EXHAUSTED);
  }

  @Test
  void a_token_that_is_over_says_so_also_to_an_agent_that_it_would_not_suit() {
    Issued<EnrolmentToken> token = registrationToken(1, demanding("us", Set.of(), Set.of()));
    pass(Duration.ofHours(24));

    assertRefused(register(token, applicant(ANY, 1)), Code.TOKEN_EXPIRED);
  }

  @Test
  void a_suspended_tenant_admits_nobody() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    suspend(tenant);

    assertRefused(register(token, applicant(ANY, 1)), Code.TENANT_SUSPENDED);
    assertRefusalAudited(token, Code.TENANT_SUSPENDED);
  }

  @Test
  void a_name_that_is_in_use_gives_the_use_of_the_token_back() {
    Issued<EnrolmentToken> token = registrationToken(2, Constraints.NONE);
    Applicant applicant = applicant(ANY, 1);
    value(register(token, applicant));

    assertRefused(register(token, applicant), Code.AGENT_NAME_IN_USE);

    assertThat(uses(token)).isEqualTo(1);
    assertThat(registrations(token)).hasSize(1);
    assertRefusalAudited(token, Code.AGENT_NAME_IN_USE);
  }

  @Test
  void a_repeated_registration_gets_fresh_secrets_for_the_same_agent_and_takes_no_use() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    Applicant applicant = as(REGISTRATION);
    Enrolled first = value(register(token, applicant));
    pass(Duration.ofMinutes(10));

    Enrolled again = value(register(token, applicant));

    assertThat(again.agent().id()).isEqualTo(first.agent().id());
    assertThat(uses(token)).isEqualTo(1);
    assertThat(admitted(again.apiKey())).isInstanceOf(Outcome.Done.class);
    assertRefused(admitted(first.apiKey()), Code.UNAUTHENTICATED);
    assertThat(again.updateKey()).isNotEqualTo(first.updateKey());
  }

  @Test
  void a_former_update_key_that_is_put_back_does_not_open() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    AgentId agent = value(register(token, as(REGISTRATION))).agent().id();
    SealedUpdateKey former = ports().agentKeys().updateKey(tenant.id(), agent).orElseThrow();
    value(register(token, as(REGISTRATION)));
    SealedUpdateKey now = ports().agentKeys().updateKey(tenant.id(), agent).orElseThrow();

    assertThat(now.version()).isEqualTo(former.version() + 1);
    assertThat(in().secrets().openUpdateKey(tenant.id(), agent, now.version(), now.sealed()))
        .isPresent();
    assertThat(in().secrets().openUpdateKey(tenant.id(), agent, now.version(), former.sealed()))
        .isEmpty();
  }

  @Test
  void a_registration_is_not_repeated_once_its_key_was_used() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    Enrolled first = value(register(token, as(REGISTRATION)));
    value(admitted(first.apiKey()));

    assertRefused(register(token, as(REGISTRATION)), Code.AGENT_NAME_IN_USE);
    assertThat(admitted(first.apiKey())).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_registration_is_not_repeated_once_its_keys_were_taken_back_or_replaced() {
    Issued<EnrolmentToken> token = registrationToken(9, Constraints.NONE);
    Agent revoked = value(register(token, as(REGISTRATION))).agent();
    value(in().agentCredentials().revokeKeys(admin(tenant), tenant.id(), revoked.id()));

    assertRefused(register(token, as(REGISTRATION)), Code.AGENT_NAME_IN_USE);

    value(
        in().agentCredentials()
            .rotateKey(admin(tenant), tenant.id(), revoked.id(), new Rotation(0, null)));
    assertRefused(register(token, as(REGISTRATION)), Code.AGENT_NAME_IN_USE);
  }

  @Test
  void a_registration_is_not_repeated_for_an_agent_that_was_disabled_or_may_do_more() {
    Issued<EnrolmentToken> token = registrationToken(9, Constraints.NONE);
    Agent agent = value(register(token, as(REGISTRATION))).agent();
    value(in().agents().disable(admin(tenant), tenant.id(), agent.id()));
    assertRefused(register(token, as(REGISTRATION)), Code.AGENT_NAME_IN_USE);
    value(in().agents().enable(admin(tenant), tenant.id(), agent.id()));
    value(register(token, as(REGISTRATION)));

    value(
        in().agentGranting()
            .grant(admin(tenant), tenant.id(), agent.id(), Set.of(Permission.DATA_READ), ""));

    assertRefused(register(token, as(REGISTRATION)), Code.AGENT_NAME_IN_USE);
  }

  @Test
  void a_registration_is_repeated_five_times_and_no_more() {
    Issued<EnrolmentToken> token = registrationToken(9, Constraints.NONE);
    value(register(token, as(REGISTRATION)));
    for (int i = 0; i < 5; i++) {
      value(register(token, as(REGISTRATION)));
    }

    assertRefused(register(token, as(REGISTRATION)), Code.AGENT_NAME_IN_USE);
  }

  @Test
  void a_registration_can_be_repeated_for_ten_minutes() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    value(register(token, as(REGISTRATION)));
    pass(Duration.ofMinutes(10).plusNanos(1));

    assertRefused(register(token, as(REGISTRATION)), Code.TOKEN_EXHAUSTED);
  }

  @Test
  void a_registration_is_not_repeated_with_a_token_that_was_revoked_meanwhile() {
    Issued<EnrolmentToken> token = registrationToken(1, Constraints.NONE);
    value(register(token, as(REGISTRATION)));
    value(in().enrolmentTokens().revoke(admin(tenant), tenant.id(), token.record().id(), null));

    assertRefused(register(token, as(REGISTRATION)), Code.TOKEN_REVOKED);
  }

  @Test
  void a_token_for_ten_admits_exactly_ten_of_a_hundred() throws Exception {
    Issued<EnrolmentToken> token = bootstrapToken(10, Constraints.NONE);
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<Outcome<Enrolled>>> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        Applicant applicant = applicant(ANY, 1);
        outcomes.add(
            threads.submit(() -> {
              gate.await();
              return join(token, applicant);
            }));
      }
      gate.countDown();
    }

    int admitted = 0;
    for (Future<Outcome<Enrolled>> outcome : outcomes) {
      admitted += outcome.get() instanceof Outcome.Done<Enrolled> ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(10);
    assertThat(uses(token)).isEqualTo(10);
    assertThat(registrations(token)).hasSize(10);
  }

  @Test
  void an_operator_makes_a_platform_agent_on_its_word() {
    Applicant applicant = applicant(ANY, 2);

    Enrolled enrolled = value(in().enrolment().byOperator(operator(), applicant, null));

    assertThat(enrolled.agent().tenant()).isEqualTo(TenantId.SYSTEM);
    assertThat(admitted(enrolled.apiKey())).isInstanceOf(Outcome.Done.class);
    assertThat(audited("agent.create")).hasSize(1);
    assertRefused(in().enrolment().byOperator(operator(), applicant, null), Code.AGENT_NAME_IN_USE);
  }

  @Test
  void the_key_of_an_agent_that_an_operator_makes_may_end_by_itself() {
    Enrolled enrolled =
        value(in().enrolment().byOperator(operator(), applicant(ANY, 2), Duration.ofHours(24)));

    pass(Duration.ofHours(24).minusSeconds(1));
    assertThat(admitted(enrolled.apiKey())).isInstanceOf(Outcome.Done.class);
    pass(Duration.ofSeconds(1));
    assertRefused(admitted(enrolled.apiKey()), Code.UNAUTHENTICATED);
  }

  @Test
  void an_update_key_is_kept_sealed() {
    Enrolled enrolled = enrolled(ANY, 1);

    byte[] kept =
        ports()
            .agentKeys()
            .updateKey(TenantId.SYSTEM, enrolled.agent().id())
            .orElseThrow()
            .sealed();

    assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(enrolled.updateKey().reveal());
    assertThat(audited().toString())
        .doesNotContain(enrolled.updateKey().reveal())
        .doesNotContain(enrolled.apiKey().reveal());
    assertThat(ports().agentKeys().byKey(TokenHash.of(enrolled.apiKey()), now()))
        .map(login -> login.agent().id())
        .contains(enrolled.agent().id());
  }

  private Applicant as(@Nullable UUID registration) {
    return new Applicant(new AgentName("the-same"), ANY, 1, null, registration);
  }

  private static Constraints demanding(String region, Set<String> capabilities, Set<String> tools) {
    return new Constraints(region, new TreeSet<>(capabilities), new TreeSet<>(tools));
  }

  private Issued<EnrolmentToken> bootstrapToken(int uses, Constraints constraints) {
    return value(
        in().enrolmentTokens()
            .create(
                operator(), TenantId.SYSTEM, new NewEnrolmentToken("test", 24, uses, constraints)));
  }

  private Issued<EnrolmentToken> registrationToken(int uses, Constraints constraints) {
    return value(
        in().enrolmentTokens()
            .create(
                admin(tenant), tenant.id(), new NewEnrolmentToken("test", 24, uses, constraints)));
  }

  private Outcome<Enrolled> join(Issued<EnrolmentToken> token, Applicant applicant) {
    return in().enrolment().withBootstrapToken(token.secret(), applicant, ORIGIN);
  }

  private Outcome<Enrolled> register(Issued<EnrolmentToken> token, Applicant applicant) {
    return in().enrolment().withRegistrationToken(token.secret(), applicant, ORIGIN);
  }

  private int uses(Issued<EnrolmentToken> token) {
    EnrolmentToken record = token.record();
    return ports().enrolmentTokens().find(record.tenant(), record.id()).orElseThrow().uses();
  }

  private List<Agent> registrations(Issued<EnrolmentToken> token) {
    EnrolmentToken record = token.record();
    return value(
            in().enrolmentTokens()
                .registrations(operator(), record.tenant(), record.id(), PageRequest.first()))
        .items();
  }

  private Outcome<Caller> admitted(Secret key) {
    return in().access()
        .admit(new Presented.Token(key), Action.JOB_CLAIM, Audience.AGENTS, ORIGIN, null);
  }
}
