package dev.muster.http.api;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Progress;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.scheduling.Forecast;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.PoolStanding;
import dev.muster.ports.in.job.JobStanding;
import dev.muster.ports.in.scheduling.QueueOverview.Count;
import dev.muster.ports.in.scheduling.QueueOverview.Front;
import dev.muster.ports.in.scheduling.QueueOverview.Load;
import dev.muster.ports.in.scheduling.QueueOverview.OfCapability;
import dev.muster.ports.in.scheduling.QueueOverview.OfClass;
import dev.muster.ports.in.scheduling.QueueOverview.OfTenant;
import dev.muster.ports.in.scheduling.QueueOverview.Overview;
import dev.muster.ports.in.scheduling.QueueOverview.Waits;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Question;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Simulated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** One of each thing that the API speaks of. */
final class Samples {
  static final Instant AT = Instant.parse("2026-01-31T12:00:00.123456Z");
  static final UUID ID = UUID.fromString("01900000-0000-7000-8000-0000000000aa");
  static final TenantId TENANT_ID =
      new TenantId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
  static final JobId JOB_ID = new JobId(ID);

  private Samples() {}

  static Tenant tenant() {
    return new Tenant(
        TENANT_ID,
        new TenantSlug("acme"),
        "Acme",
        PlanName.PRO,
        WorkerMode.AGENT,
        Pool.SHARED,
        "task",
        SecretDelivery.REFERENCE,
        null,
        0,
        List.of("ab".repeat(32)),
        TenantStatus.ACTIVE,
        AT);
  }

  static User user() {
    return new User(new UserId(ID), TENANT_ID, "Ada", Role.ADMIN, AT);
  }

  static UserToken userToken() {
    return new UserToken(
        new TokenId(ID),
        new UserId(ID),
        "mst_user_ab",
        "ci",
        new TokenScope(Set.of(Permission.DATA_READ), null, true),
        AT,
        null,
        null,
        null);
  }

  static AgentKey agentKey() {
    return new AgentKey(new AgentId(ID), "mst_agent_ab", AT, null, null, AT);
  }

  static AgentGrant agentGrant() {
    return new AgentGrant(
        Permission.DATA_READ, new AgentGrant.Grantor("operator", ID, "root"), AT, "for reports");
  }

  static Agent agent() {
    return new Agent(
        new AgentId(ID),
        TENANT_ID,
        new AgentName("scanner-1"),
        Abilities.of(Set.of("nuclei"), Set.of("nmap"), "eu-west-1"),
        "task",
        null,
        4,
        1,
        true,
        false,
        "0.1.0",
        AT,
        AT);
  }

  static AgentToken agentToken() {
    return new AgentToken(
        new AgentTokenId(ID), TENANT_ID, "fleet", "agent_0123", AT, "ada", null, AT);
  }

  static PoolStanding pool() {
    return new PoolStanding(
        new SharedAgentPool(1, 5, 70, AT),
        List.of(new KeptPlatformKey(new PlatformKeyId(ID), "0123abcd", AT, null)));
  }

  static EnrolmentToken enrolmentToken() {
    return new EnrolmentToken(
        new EnrolmentTokenId(ID),
        TENANT_ID,
        "abc123",
        "for the scanners",
        new Constraints("eu-west-1", new TreeSet<>(Set.of("nuclei")), new TreeSet<>()),
        10,
        1,
        AT,
        AT,
        "lost",
        AT,
        "Ada");
  }

  static JobStanding job(JobStatus status) {
    return new JobStanding(leased(status), 512);
  }

  static Job leased(JobStatus status) {
    return new Job(
        JOB_ID,
        TENANT_ID,
        spec(),
        Pool.SHARED,
        "task",
        status,
        2,
        2,
        new AgentId(ID),
        AT,
        null,
        AT,
        AT.plusSeconds(60),
        AT,
        AT,
        null,
        new Progress(50, null),
        "{\"findings\":[1E+400]}",
        new JobError("tool_failed", "exit 1"),
        null,
        "Ada");
  }

  static Attempt attempt() {
    return new Attempt(1, new AgentId(ID), AT, AT, null, null, null);
  }

  static AuditEntry auditEntry() {
    return new AuditEntry(
        ID,
        TENANT_ID,
        new AuditEntry.Actor("user", ID, "Ada"),
        "job.submit",
        new AuditEntry.Resource("job", ID.toString()),
        AuditEntry.Outcome.DONE,
        null,
        "{\"status\":\"queued\"}",
        new AuditEntry.Origin("192.0.2.1", "curl/8", "r-1"),
        AT);
  }

  private static JobSpec spec() {
    return new JobSpec(
        "scan",
        Priority.NORMAL,
        "{\"tool\":\"nmap\"}",
        Requirements.of(Set.of("nuclei"), Set.of(), null),
        WhenNoAgent.QUEUE,
        3,
        JobSpec.DEFAULT_RUN_TIMEOUT,
        JobSpec.DEFAULT_QUEUE_TIMEOUT,
        null,
        new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1));
  }

  static Simulated simulated(Question question) {
    return new Simulated(AT, question, 5, 2, forecast(90), forecast(30));
  }

  private static Forecast forecast(int seconds) {
    var longest = Duration.ofSeconds(seconds);
    var last = AT.plusSeconds(seconds);
    var waits = new Forecast.Waits(4, 3, Duration.ofMillis(1500), longest, longest, last);
    var none = new Forecast.Waits(1, 0, null, null, null, null);
    return new Forecast(
        new Forecast.Waits(5, 3, Duration.ofMillis(1500), longest, longest, last),
        new Forecast.Ends(1, 1, 2, 1, 0, 7),
        1,
        2,
        8,
        List.of(
            new Forecast.OfTenant(
                TENANT_ID, new TenantSlug("acme"), waits, new Forecast.Ends(1, 1, 1, 1, 0, 7)),
            new Forecast.OfTenant(
                TENANT_ID, new TenantSlug("zeta"), none, new Forecast.Ends(0, 0, 1, 0, 0, 0))),
        List.of(
            new Forecast.OfPriority(Priority.HIGH, waits, new Forecast.Ends(1, 1, 1, 1, 0, 7))));
  }

  static Overview overview() {
    return new Overview(
        AT,
        new Load(7, 3, 1, List.of(new OfTenant(TENANT_ID, new TenantSlug("acme"), 7, 3, 10))),
        new Count(
            AT.minusSeconds(60),
            List.of(
                new OfClass(Pool.SHARED, Priority.HIGH, 4, 1),
                new OfClass(Pool.DEDICATED, Priority.HIGH, 2, 0)),
            List.of(new OfCapability("nuclei", 5))),
        List.of(
            new Front(Pool.SHARED, Priority.HIGH, JOB_ID, TENANT_ID, AT.minusSeconds(30), 755),
            new Front(Pool.DEDICATED, Priority.HIGH, JOB_ID, TENANT_ID, AT.minusSeconds(90), 765)),
        new Waits(
            AT.minusSeconds(3600),
            2,
            Duration.ofMillis(3),
            Duration.ofMillis(1500),
            Duration.ofMillis(1500),
            Duration.ofMillis(1500)));
  }
}
