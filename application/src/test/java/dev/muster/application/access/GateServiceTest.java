package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.application.access.CallerRules.SigningSecret;
import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.SignedCommand;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Gate.Signed;
import dev.muster.ports.in.fleet.AgentSafeguards.Rotation;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import dev.muster.ports.out.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GateServiceTest extends UseCaseTest {
  private static final CertificateFingerprint PRESENT = fingerprint("ab");
  private static final CertificateFingerprint NEXT = fingerprint("cd");
  private static final CertificateFingerprint OTHER = fingerprint("ef");
  private static final String TARGET = "/api/v1/platform-agent/jobs/claim";
  private static final String NONCE = "AAAAAAAAAAAAAAAAAAAAAA";

  // ------------------------------------------------------------------------------- certificates

  @Test
  void where_none_is_registered_none_is_asked_for() {
    assertThat(certificate(calling(agent(1)), null)).isInstanceOf(Outcome.Done.class);
    assertThat(certificate(member(tenant(PlanName.FREE)), OTHER)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void an_agent_must_show_one_of_its_certificates() {
    Agent agent = agent(1);
    register(agent, PRESENT, NEXT);

    assertThat(certificate(calling(agent), PRESENT)).isInstanceOf(Outcome.Done.class);
    assertThat(certificate(calling(agent), NEXT)).isInstanceOf(Outcome.Done.class);
    assertRefused(certificate(calling(agent), OTHER), Code.CERTIFICATE_REQUIRED);
    assertRefused(certificate(calling(agent), null), Code.CERTIFICATE_REQUIRED);
    assertThat(certificate(calling(agent(1)), null)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_tenants_certificates_are_asked_of_all_who_act_for_it_and_of_nobody_else() {
    Tenant tenant = tenant(PlanName.FREE);
    certificate(member(tenant), null);
    register(tenant, PRESENT);

    assertRefused(certificate(member(tenant), null), Code.CERTIFICATE_REQUIRED);
    assertRefused(certificate(holder(queued(tenant)), OTHER), Code.CERTIFICATE_REQUIRED);
    assertThat(certificate(member(tenant), PRESENT)).isInstanceOf(Outcome.Done.class);
    assertThat(certificate(member(tenant(PlanName.FREE)), null)).isInstanceOf(Outcome.Done.class);
    assertThat(certificate(operator(), null)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_missing_certificate_is_audited_as_a_denial() {
    Agent agent = agent(1);
    register(agent, PRESENT);

    certificate(calling(agent), OTHER);

    assertThat(audited(Action.JOB_CLAIM.wireName()))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
          assertThat(entry.after()).contains("certificate_required");
          assertThat(entry.actor().id()).isEqualTo(agent.id().value());
        });
  }

  // ---------------------------------------------------------------------------------- signatures

  @Test
  void a_request_that_is_signed_with_the_agents_secret_is_let_through() {
    Agent agent = agent(1);
    Secret secret = rotate(agent, null);

    assertThat(signed(agent, secret, now(), NONCE)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void unsigned_requests_are_refused_only_where_signatures_are_required() {
    Agent agent = agent(1);
    assertThat(sign(agent, null)).isInstanceOf(Outcome.Done.class);
    rotate(agent, null);
    assertThat(sign(agent, null)).isInstanceOf(Outcome.Done.class);
    rotate(agent, true);

    assertRefused(sign(agent, null), Code.SIGNATURE_REQUIRED);

    rotate(agent, false);
    assertThat(sign(agent, null)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_signature_that_is_there_must_be_right_even_where_none_is_required() {
    Agent agent = agent(1);
    Secret others = rotate(agent(1), null);

    assertRefused(signed(agent, others, now(), NONCE), Code.SIGNATURE_INVALID);
    rotate(agent, null);
    assertRefused(signed(agent, others, now(), NONCE), Code.SIGNATURE_INVALID);
  }

  @Test
  void whatever_of_the_request_was_changed_the_signature_is_wrong() {
    Agent agent = agent(1);
    Secret secret = rotate(agent, null);
    Signed right = request(agent, secret, now(), NONCE);
    String seconds = String.valueOf(now().getEpochSecond() + 1);
    List<Signed> wrong =
        List.of(
            new Signed("PUT", right.target(), right.timestamp(), NONCE, right.signature(), body()),
            new Signed("POST", TARGET + "?", right.timestamp(), NONCE, right.signature(), body()),
            new Signed("POST", TARGET, seconds, NONCE, right.signature(), body()),
            new Signed(
                "POST", TARGET, right.timestamp(), "B".repeat(22), right.signature(), body()),
            new Signed("POST", TARGET, right.timestamp(), NONCE, right.signature(), hash("other")),
            new Signed("POST", TARGET, right.timestamp(), NONCE, "00", body()),
            new Signed("POST", TARGET, right.timestamp(), NONCE, null, body()),
            new Signed("POST", TARGET, null, NONCE, right.signature(), body()),
            new Signed("POST", TARGET, right.timestamp(), null, right.signature(), body()),
            new Signed("POST", TARGET, "-1", NONCE, right.signature(), body()),
            new Signed("POST", TARGET, right.timestamp(), "short", right.signature(), body()));

    assertThat(wrong)
        .allSatisfy(signed -> assertRefused(sign(agent, signed), Code.SIGNATURE_INVALID));
    assertThat(sign(agent, right)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_signature_is_good_for_five_minutes_by_the_servers_clock() {
    Agent agent = agent(1);
    Secret secret = rotate(agent, null);

    assertRefused(signed(agent, secret, now().minusSeconds(301), NONCE), Code.SIGNATURE_EXPIRED);
    assertRefused(signed(agent, secret, now().plusSeconds(301), NONCE), Code.SIGNATURE_EXPIRED);
    assertThat(signed(agent, secret, now().minusSeconds(300), NONCE))
        .isInstanceOf(Outcome.Done.class);
    assertThat(signed(agent, secret, now().plusSeconds(300), NONCE))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_signed_request_is_taken_once_however_often_it_comes_and_wherever() {
    Agent agent = agent(1);
    Signed signed = request(agent, rotate(agent, null), now(), NONCE);
    List<GateService> replicas = List.of(in().gate(), in().anotherGate(), in().anotherGate());

    List<Outcome<Caller>> outcomes =
        Race.of(
            500, i -> replicas.get(i % 3).withSignature(calling(agent), Action.JOB_CLAIM, signed));

    assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
    assertRefused(sign(agent, signed), Code.SIGNATURE_REPLAYED);
  }

  @Test
  void a_secret_that_was_replaced_works_through_its_grace_and_one_that_was_revoked_not_at_all() {
    Agent agent = agent(1);
    Secret first = rotate(agent, null);
    Secret second = rotate(agent, null);

    assertThat(signed(agent, first, now(), nonce(1))).isInstanceOf(Outcome.Done.class);
    assertThat(signed(agent, second, now(), nonce(2))).isInstanceOf(Outcome.Done.class);
    pass(Duration.ofHours(1));
    assertRefused(signed(agent, first, now(), nonce(3)), Code.SIGNATURE_INVALID);
    assertThat(signed(agent, second, now(), nonce(4))).isInstanceOf(Outcome.Done.class);

    value(in().safeguards().revokeSigningSecrets(operator(), agent.tenant(), agent.id()));
    assertRefused(signed(agent, second, now(), nonce(5)), Code.SIGNATURE_INVALID);
  }

  @Test
  void every_refused_signature_is_audited_as_a_denial() {
    Agent agent = agent(1);
    Secret secret = rotate(agent, true);
    Signed replayed = request(agent, secret, now(), NONCE);
    sign(agent, replayed);

    sign(agent, null);
    signed(agent, Secret.of("f".repeat(64)), now(), NONCE);
    signed(agent, secret, now().minusSeconds(301), NONCE);
    sign(agent, replayed);

    assertThat(audited(Action.JOB_CLAIM.wireName()))
        .extracting(AuditEntry::after)
        .satisfiesExactlyInAnyOrder(
            why -> assertThat(why).contains("signature_required"),
            why -> assertThat(why).contains("signature_invalid"),
            why -> assertThat(why).contains("signature_expired"),
            why -> assertThat(why).contains("signature_replayed"));
  }

  @Test
  void signatures_of_people_are_nobodys_business() {
    Signed nonsense = new Signed("POST", TARGET, "x", "x", "x", body());

    assertThat(in().gate().withSignature(operator(), Action.JOB_LIST, nonsense))
        .isInstanceOf(Outcome.Done.class);
  }

  /** Strangers' text of all kinds: refused, and nothing escapes. */
  @Test
  void a_hundred_thousand_odd_signatures_are_refused() {
    Agent agent = agent(1);
    Secret secret = rotate(agent, null);
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    CallerRules rules = new CallerRules(1, List.of(), true, List.of(new SigningSecret(1, secret)));
    SignatureCheck check = new SignatureCheck(ports().commandNonces(), in().clock());

    for (int i = 0; i < 100_000; i++) {
      Signed odd =
          new Signed(
              String.valueOf(Odd.text(random, "POST")),
              String.valueOf(Odd.text(random, TARGET)),
              Odd.text(random, String.valueOf(now().getEpochSecond())),
              Odd.text(random, NONCE),
              Odd.text(random, "ab".repeat(32)),
              body());
      assertThat(check.check(agent.tenant(), agent.id(), rules, odd))
          .isInstanceOf(Outcome.Refused.class);
    }
  }

  private static CertificateFingerprint fingerprint(String twoDigits) {
    return new CertificateFingerprint(twoDigits.repeat(32));
  }

  private Outcome<Caller> certificate(Caller caller, @Nullable CertificateFingerprint shown) {
    return in().gate().withCertificate(caller, Action.JOB_CLAIM, shown);
  }

  private void register(Agent agent, CertificateFingerprint... fingerprints) {
    List<String> values =
        List.of(fingerprints).stream().map(CertificateFingerprint::value).toList();
    value(in().safeguards().registerCertificates(operator(), agent.tenant(), agent.id(), values));
  }

  private void register(Tenant tenant, CertificateFingerprint fingerprint) {
    TenantChanges changes =
        new TenantChanges(
            null, null, null, null, null, null, null, List.of(fingerprint.value()), null);
    value(in().tenants().change(operator(), tenant.slug(), changes));
  }

  private Secret rotate(Agent agent, @Nullable Boolean require) {
    Rotation rotation = new Rotation(Duration.ofHours(1), require);
    return value(
            in().safeguards().rotateSigningSecret(operator(), agent.tenant(), agent.id(), rotation))
        .secret();
  }

  private Outcome<Caller> signed(Agent agent, Secret secret, Instant at, String nonce) {
    return sign(agent, request(agent, secret, at, nonce));
  }

  private Outcome<Caller> sign(Agent agent, @Nullable Signed signed) {
    return in().gate().withSignature(calling(agent), Action.JOB_CLAIM, signed);
  }

  private static Signed request(Agent agent, Secret secret, Instant at, String nonce) {
    SignedCommand command =
        new SignedCommand("POST", TARGET, agent.id().value(), at.getEpochSecond(), nonce, body());
    return new Signed(
        "POST",
        TARGET,
        String.valueOf(at.getEpochSecond()),
        nonce,
        command.signature(secret),
        body());
  }

  private static String body() {
    return hash("{}");
  }

  private static String hash(String text) {
    return SignedCommand.hashOf(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String nonce(int number) {
    return ("" + number).repeat(22);
  }
}
