package dev.muster.application.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.enrolment.Enrolment.LocalEnrolment;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Local and legacy registration. */
final class JoiningWithoutTokenTest extends UseCaseTest {
  private static final Secret LOCAL_KEY = Secret.of("the key of local mode");
  private static final UUID REGISTRATION = new UUID(7, 7);
  private static final EnrolmentService.Doors LOCAL =
      new EnrolmentService.Doors(Optional.of(LOCAL_KEY), false);
  private static final EnrolmentService.Doors LEGACY =
      new EnrolmentService.Doors(Optional.empty(), true);
  private static final EnrolmentService.Doors BOTH =
      new EnrolmentService.Doors(Optional.of(LOCAL_KEY), true);

  @Test
  void without_a_token_nobody_gets_in_unless_it_was_switched_on() {
    Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);

    assertRefused(
        in().enrolment().withoutToken(tenant.id(), applicant(ANY, 1), ORIGIN),
        Code.LEGACY_REGISTRATION_DISABLED);
  }

  @Test
  void a_legacy_agent_is_its_tenants_and_the_audit_log_says_how_it_came() {
    Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);

    Enrolled enrolled = value(legacy(LEGACY, tenant.id(), applicant(ANY, 1)));

    assertThat(enrolled.agent().tenant()).isEqualTo(tenant.id());
    assertThat(admitted(enrolled.apiKey())).isInstanceOf(Outcome.Done.class);
    AuditEntry entry = audited("agent.registered").getFirst();
    assertThat(entry.tenant()).isEqualTo(tenant.id());
    assertThat(entry.after()).contains("\"legacy\":true");
  }

  @Test
  void a_legacy_agent_that_cannot_be_audited_is_not_made() {
    Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);
    in().auditLog().breakDown();

    assertThatThrownBy(() -> legacy(LEGACY, tenant.id(), named()))
        .isInstanceOf(StorageUnavailable.class);

    assertThat(ports().agents().byName(tenant.id(), named().name())).isEmpty();
  }

  @Test
  void a_legacy_agent_names_a_tenant_that_is_there_and_is_not_the_systems() {
    assertRefused(legacy(LEGACY, new TenantId(new UUID(1, 1)), applicant(ANY, 1)), Code.NOT_FOUND);
    assertRefused(legacy(LEGACY, TenantId.SYSTEM, applicant(ANY, 1)), Code.NOT_FOUND);
    assertRefused(legacy(LEGACY, null, applicant(ANY, 1)), Code.INVALID);
  }

  @Test
  void in_local_mode_the_local_tenant_takes_who_names_none() {
    assertRefused(legacy(BOTH, null, applicant(ANY, 1)), Code.NOT_READY);
    Tenant local = in().tenants().ensureLocal();

    Enrolled enrolled = value(legacy(BOTH, null, applicant(ANY, 1)));

    assertThat(enrolled.agent().tenant()).isEqualTo(local.id());
  }

  @Test
  void a_suspended_tenant_takes_no_legacy_agent_and_hears_of_it() {
    Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);
    suspend(tenant);

    assertRefused(legacy(LEGACY, tenant.id(), applicant(ANY, 1)), Code.TENANT_SUSPENDED);
    assertThat(audited("agent.registered"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED));
  }

  @Test
  void a_repeated_legacy_registration_gets_a_fresh_secret_for_the_same_agent() {
    Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);
    Enrolled first = value(legacy(LEGACY, tenant.id(), named()));
    pass(Duration.ofMinutes(10));

    Enrolled again = value(legacy(LEGACY, tenant.id(), named()));

    assertThat(again.agent().id()).isEqualTo(first.agent().id());
    assertThat(admitted(again.apiKey())).isInstanceOf(Outcome.Done.class);
    assertRefused(admitted(first.apiKey()), Code.UNAUTHENTICATED);
    pass(Duration.ofNanos(1000));
    assertRefused(legacy(LEGACY, tenant.id(), named()), Code.AGENT_NAME_IN_USE);
  }

  @Test
  void a_local_agent_is_replaced_with_its_secrets_when_it_asks_for_that() {
    in().tenants().ensureLocal();
    Applicant applicant = applicant(ANY, 1);
    Enrolled first = made(locally(applicant, false));

    Enrolled second = made(locally(applicant, true));

    assertThat(second.agent().id()).isNotEqualTo(first.agent().id());
    assertThat(second.agent().name()).isEqualTo(first.agent().name());
    assertThat(admitted(second.apiKey())).isInstanceOf(Outcome.Done.class);
    assertRefused(admitted(first.apiKey()), Code.UNAUTHENTICATED);
    assertThat(ports().agents().find(first.agent().tenant(), first.agent().id())).isEmpty();
    assertThat(audited("agent.registered").getLast().after())
        .contains("\"replaces\":\"" + first.agent().id() + "\"");
  }

  @Test
  void what_a_replaced_agent_had_goes_back_into_the_queue() {
    Tenant local = in().tenants().ensureLocal();
    Applicant applicant = applicant(ANY, 1);
    Enrolled first = made(locally(applicant, false));
    Job job = assigned(local, online(first.agent()));

    made(locally(applicant, true));

    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stored(job).attemptsUsed()).isZero();
  }

  @Test
  void a_repeated_replacement_does_not_replace_again() {
    in().tenants().ensureLocal();
    made(locally(applicantAs(null), false));
    Enrolled replaced = made(locally(named(), true));

    Enrolled again = made(locally(named(), true));

    assertThat(again.agent().id()).isEqualTo(replaced.agent().id());
    assertThat(admitted(again.apiKey())).isInstanceOf(Outcome.Done.class);
    assertRefused(admitted(replaced.apiKey()), Code.UNAUTHENTICATED);
  }

  @Test
  void a_lost_answer_of_a_local_registration_can_be_asked_for_again() {
    in().tenants().ensureLocal();
    Enrolled first = made(locally(named(), false));

    Enrolled again = made(locally(named(), false));

    assertThat(again.agent().id()).isEqualTo(first.agent().id());
    pass(Duration.ofMinutes(10).plusNanos(1000));
    assertThat(value(locally(named(), false))).isInstanceOf(LocalEnrolment.Known.class);
  }

  private static Enrolled made(Outcome<LocalEnrolment> outcome) {
    return ((LocalEnrolment.New) value(outcome)).enrolled();
  }

  private Outcome<LocalEnrolment> locally(Applicant applicant, boolean rotate) {
    return in().enrolment(LOCAL).locally(LOCAL_KEY, applicant, rotate, ORIGIN);
  }

  private Outcome<Enrolled> legacy(
      EnrolmentService.Doors doors, @Nullable TenantId tenant, Applicant applicant) {
    return in().enrolment(doors).withoutToken(tenant, applicant, ORIGIN);
  }

  private Applicant named() {
    return applicantAs(REGISTRATION);
  }

  private Applicant applicantAs(@Nullable UUID registration) {
    return new Applicant(new AgentName("the-same"), ANY, 1, null, registration);
  }

  private Outcome<Caller> admitted(Secret key) {
    return in().access()
        .admit(new Presented.Token(key), Action.JOB_CLAIM, Audience.AGENTS, ORIGIN, null);
  }
}
