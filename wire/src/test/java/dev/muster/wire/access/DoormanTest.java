package dev.muster.wire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Gate;
import dev.muster.ports.in.access.Presented;
import dev.muster.wire.caller.Origin;
import dev.muster.wire.problem.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An agent that must sign is online by its signature, and not by its key. */
class DoormanTest {
  private static final Doorman.Needed HEARTBEAT =
      new Doorman.Needed(Action.AGENT_HEARTBEAT, Audience.AGENTS);

  private static final Caller AGENT =
      new Caller(
          new Principal.OfAgent(
              new AgentId(new UUID(1, 1)),
              new AgentName("scanner"),
              new TenantId(new UUID(1, 2)),
              Set.of(),
              0),
          AuditEntry.Origin.SERVER);

  private static final Doorman.Knock KNOCK =
      new Doorman.Knock(
          new Presented.Nothing(), null, new Origin("r-1", null, "192.0.2.1", null), Map.of());

  private static final Caller SIGNED = new Caller(AGENT.principal(), AGENT.origin(), 1);

  private final List<Caller> heard = new ArrayList<>();
  private boolean elsewhere;

  @Test
  void an_agent_that_signed_is_heard() {
    doorman(Outcome.done(SIGNED)).checkSignature(HEARTBEAT, KNOCK, AGENT, null);

    assertThat(heard).containsExactly(SIGNED);
  }

  @Test
  void an_agent_that_signed_and_lives_elsewhere_is_refused() {
    elsewhere = true;

    assertThatThrownBy(
            () -> doorman(Outcome.done(SIGNED)).checkSignature(HEARTBEAT, KNOCK, AGENT, null))
        .isInstanceOf(Rejection.class);
  }

  @Test
  void an_agent_that_need_not_sign_was_heard_before() {
    doorman(Outcome.done(AGENT)).checkSignature(HEARTBEAT, KNOCK, AGENT, null);

    assertThat(heard).isEmpty();
  }

  @Test
  void an_agent_whose_signature_is_refused_is_not_heard() {
    Doorman doorman = doorman(Outcome.refused(Refusal.Code.SIGNATURE_REQUIRED, "as wanted"));

    assertThatThrownBy(() -> doorman.checkSignature(HEARTBEAT, KNOCK, AGENT, null))
        .isInstanceOf(Rejection.class);
    assertThat(heard).isEmpty();
  }

  private Doorman doorman(Outcome<Caller> ofTheGate) {
    return new Doorman(new Listening(heard, elsewhere), new Deciding(ofTheGate));
  }

  private record Listening(List<Caller> heard, boolean elsewhere) implements Access {
    @Override
    public Outcome<Caller> admit(
        Presented presented,
        @Nullable CertificateFingerprint certificate,
        Action action,
        Audience audience,
        AuditEntry.Origin origin,
        @Nullable JobId job) {
      return Outcome.done(AGENT);
    }

    @Override
    public Outcome<Caller> heard(Caller caller, Presented presented, Action action) {
      heard.add(caller);
      return elsewhere
          ? Outcome.refused(Refusal.Code.AGENT_NAME_IN_USE, "as wanted")
          : Outcome.done(caller);
    }
  }

  private record Deciding(Outcome<Caller> outcome) implements Gate {
    @Override
    public Outcome<Caller> withCertificate(
        Caller caller, Action action, @Nullable CertificateFingerprint certificate) {
      return Outcome.done(caller);
    }

    @Override
    public Outcome<Caller> withSignature(Caller caller, Action action, @Nullable Signed signed) {
      return outcome;
    }
  }
}
