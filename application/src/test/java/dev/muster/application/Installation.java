package dev.muster.application;

import dev.muster.application.access.GateService;
import dev.muster.application.audit.Auditing;
import dev.muster.application.credential.Secrets;
import dev.muster.application.fleet.Withdrawal;
import dev.muster.application.identity.Ids;
import dev.muster.application.job.JobChanges;
import dev.muster.application.job.OwnDecisions;
import dev.muster.domain.credential.MasterKeys;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.RepeatableRandom;
import dev.muster.ports.out.SettableClock;
import java.time.Duration;
import java.time.Instant;

/** All use cases over ports in memory: what a server is made of, for one test. */
public final class Installation
    implements GateServices,
        AccessServices,
        TenancyServices,
        EnrolmentServices,
        FleetServices,
        JobServices,
        SchedulingServices,
        UpdateServices {
  /** When every test begins. */
  public static final Instant START = Instant.parse("2026-03-29T00:59:30.123456Z");

  /** How long leases last. */
  public static final Duration LEASE = Duration.ofSeconds(60);

  /** How long a job waits for its region. */
  public static final Duration REGION_PATIENCE = Duration.ofSeconds(30);

  /** How many starts a tenant may be ahead of the others. */
  public static final int SLACK = 10;

  /** How often a credential may call. */
  public static final int REQUESTS_PER_MINUTE = 600;

  /** How many agents of a tenant may come by name. */
  public static final int MOST_NAMED = 700;

  /** How long ended jobs are kept. */
  public static final Duration RETENTION = Duration.ofDays(30);

  /** How many jobs are counted whenever somebody asks. */
  public static final int SHORT_QUEUE = 3;

  private final InMemoryPorts ports = new InMemoryPorts(START);
  private final RepeatableRandom random = new RepeatableRandom();
  private final BreakableAuditLog auditLog =
      new BreakableAuditLog(ports.auditLog(), ports.auditLog());
  private final Ids ids = new Ids(ports.clock(), random);
  private final Secrets secrets =
      new Secrets(random, MasterKeys.of(new byte[MasterKeys.KEY_BYTES]));
  private final Auditing auditing =
      new Auditing(auditLog, auditLog, ports.transactions(), ports.clock(), ids);
  private final JobChanges changes = new JobChanges(ports.jobBatches(), ports.wakeups(), auditing);
  private final OwnDecisions decisions =
      new OwnDecisions(ports.transactions(), ports.jobBatches(), changes, ports.clock());
  private final Withdrawal withdrawal =
      new Withdrawal(ports.transactions(), ports.jobDirectory(), decisions);

  private final GateService gate = anotherGate();

  /** What it is built on. */
  @Override
  public InMemoryPorts ports() {
    return ports;
  }

  /** Its clock. */
  public SettableClock clock() {
    return ports.clock();
  }

  /** The audit log that its services write into. */
  @Override
  public BreakableAuditLog auditLog() {
    return auditLog;
  }

  /** Its secrets. */
  @Override
  public Secrets secrets() {
    return secrets;
  }

  /** Where its services note what was done. */
  @Override
  public Auditing auditing() {
    return auditing;
  }

  /** Its dice. */
  @Override
  public RepeatableRandom random() {
    return random;
  }

  /** Its ids. */
  @Override
  public Ids ids() {
    return ids;
  }

  /** Its gate, where 600 requests a minute are usual. */
  @Override
  public GateService gate() {
    return gate;
  }

  @Override
  public JobChanges changes() {
    return changes;
  }

  @Override
  public OwnDecisions decisions() {
    return decisions;
  }

  @Override
  public Withdrawal withdrawal() {
    return withdrawal;
  }
}
