package dev.muster.application.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.SignedCommand;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.AgentSafeguards.Guarded;
import dev.muster.ports.in.fleet.AgentSafeguards.Rotation;
import dev.muster.ports.out.fleet.SigningSecrets.Kept;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AgentSafeguardServiceTest extends UseCaseTest {
  private static final Rotation ROTATION = new Rotation(Duration.ofHours(1), true);

  @Test
  void what_is_asked_of_an_agent_can_be_seen_and_holds_no_secret() {
    Agent agent = agent(1);
    value(in().safeguards().limit(operator(), agent.tenant(), agent.id(), 10));
    value(
        in().safeguards()
            .registerCertificates(
                operator(), agent.tenant(), agent.id(), List.of("ab".repeat(32))));
    value(in().safeguards().rotateSigningSecret(operator(), agent.tenant(), agent.id(), ROTATION));

    Guarded guarded = value(in().safeguards().find(operator(), agent.tenant(), agent.id()));

    assertThat(guarded)
        .isEqualTo(new Guarded(agent.id(), 10, List.of("ab".repeat(32)), true, now()));
  }

  @Test
  void only_an_operator_lets_an_agent_call_more_often_than_is_usual() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agentOf(tenant).agent();
    Caller admin = admin(tenant);
    int usual = Installation.REQUESTS_PER_MINUTE;

    assertRefused(
        in().safeguards().limit(admin, agent.tenant(), agent.id(), usual + 1),
        Code.OPERATOR_REQUIRED);
    assertThat(audited("agent.set_limits"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED));
    value(in().safeguards().limit(admin, agent.tenant(), agent.id(), usual));
    value(in().safeguards().limit(operator(), agent.tenant(), agent.id(), usual + 1));
    value(in().safeguards().limit(admin, agent.tenant(), agent.id(), null));
  }

  @Test
  void a_signing_secret_is_kept_sealed_and_stands_in_no_audit_entry() {
    Agent agent = agent(1);

    Secret secret =
        value(
                in().safeguards()
                    .rotateSigningSecret(operator(), agent.tenant(), agent.id(), ROTATION))
            .secret();

    assertThat(secret.reveal()).matches(SignedCommand.SECRET);
    Kept kept = ports().signingSecrets().live(agent.tenant(), agent.id(), now()).getFirst();
    assertThat(new String(kept.sealed(), StandardCharsets.ISO_8859_1))
        .doesNotContain(secret.reveal());
    assertThat(audited().toString()).doesNotContain(secret.reveal());
  }

  @Test
  void a_secret_that_was_moved_to_another_agent_does_not_open() {
    Agent agent = agent(1);
    Agent other = agent(1);
    value(in().safeguards().rotateSigningSecret(operator(), agent.tenant(), agent.id(), ROTATION));
    Kept kept = ports().signingSecrets().live(agent.tenant(), agent.id(), now()).getFirst();

    assertThat(in().secrets().openSigningSecret(agent.tenant(), agent.id(), 1, kept.sealed()))
        .isPresent();
    assertThat(in().secrets().openSigningSecret(agent.tenant(), other.id(), 1, kept.sealed()))
        .isEmpty();
    assertThat(in().secrets().openSigningSecret(agent.tenant(), agent.id(), 2, kept.sealed()))
        .isEmpty();
  }

  @Test
  void a_tenant_does_not_know_the_agents_of_others() {
    Tenant tenant = tenant(PlanName.FREE);
    Agent agent = agent(1);

    assertRefused(
        in().safeguards().find(admin(tenant), agent.tenant(), agent.id()), Code.NOT_FOUND);
    assertRefused(
        in().safeguards().limit(admin(tenant), tenant.id(), agent.id(), 1), Code.NOT_FOUND);
    assertRefused(
        in().safeguards().rotateSigningSecret(admin(tenant), agent.tenant(), agent.id(), ROTATION),
        Code.NOT_FOUND);
    assertRefused(
        in().safeguards().revokeSigningSecrets(admin(tenant), tenant.id(), unknownAgent()),
        Code.NOT_FOUND);
  }
}
