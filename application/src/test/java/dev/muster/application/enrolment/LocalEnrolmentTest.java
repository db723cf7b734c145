package dev.muster.application.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.LocalEnrolment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Joining the local tenant, where local mode is on. */
final class LocalEnrolmentTest extends UseCaseTest {
  private static final Secret LOCAL_KEY = Secret.of("the key of local mode");
  private static final EnrolmentService.Doors LOCAL =
      new EnrolmentService.Doors(Optional.of(LOCAL_KEY), false);

  @Test
  void local_mode_is_not_there_unless_it_was_switched_on() {
    assertRefused(
        in().enrolment().locally(LOCAL_KEY, applicant(ANY, 1), false, ORIGIN), Code.NOT_FOUND);
  }

  @Test
  void local_mode_wants_its_key() {
    in().tenants().ensureLocal();

    assertRefused(locally(Secret.of("another"), applicant(ANY, 1)), Code.UNAUTHENTICATED);
    assertRefused(locally(Secret.of(""), applicant(ANY, 1)), Code.UNAUTHENTICATED);
  }

  @Test
  void local_mode_is_not_ready_before_its_tenant_is_there() {
    assertRefused(locally(LOCAL_KEY, applicant(ANY, 1)), Code.NOT_READY);
  }

  @Test
  void local_mode_shows_its_secrets_once() {
    Tenant local = in().tenants().ensureLocal();
    Applicant applicant = applicant(ANY, 1);

    LocalEnrolment first = value(locally(LOCAL_KEY, applicant));
    LocalEnrolment again = value(locally(LOCAL_KEY, applicant));

    assertThat(first)
        .isInstanceOfSatisfying(
            LocalEnrolment.New.class,
            made -> {
              assertThat(made.enrolled().agent().tenant()).isEqualTo(local.id());
              assertThat(admitted(made.enrolled().apiKey())).isInstanceOf(Outcome.Done.class);
            });
    assertThat(again).isInstanceOf(LocalEnrolment.Known.class);
    assertThat(audited("agent.registered")).hasSize(1);
  }

  @Test
  void a_suspended_local_tenant_admits_nobody_and_says_so_in_its_audit_log() {
    suspend(in().tenants().ensureLocal());

    assertRefused(locally(LOCAL_KEY, applicant(ANY, 1)), Code.TENANT_SUSPENDED);
    assertThat(audited("agent.registered"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED));
  }

  private Outcome<LocalEnrolment> locally(Secret key, Applicant applicant) {
    return in().enrolment(LOCAL).locally(key, applicant, false, ORIGIN);
  }

  private Outcome<Caller> admitted(Secret key) {
    return in().access()
        .admit(new Presented.Token(key), Action.JOB_CLAIM, Audience.AGENTS, ORIGIN, null);
  }
}
