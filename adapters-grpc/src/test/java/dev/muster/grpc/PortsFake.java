package dev.muster.grpc;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Gate;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.wire.fleet.HeartbeatCalls;
import dev.muster.wire.scheduling.ReportCalls;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The ports behind a server of the tests: one agent, and answers that a test hands out. */
final class PortsFake implements Access, Gate, JobDispatch, JobReporting, Presence {
  static final String TOKEN = "the-agents-key";

  static final Claimed DRAIN =
      new Claimed(List.of(), List.of(new Control.Fleet(AgentControl.DRAIN)));

  final BlockingQueue<Claim> waiting = new LinkedBlockingQueue<>();
  final BlockingQueue<Claimed> grants = new LinkedBlockingQueue<>();
  final AtomicInteger interrupted = new AtomicInteger();
  final List<Signed> signed = new CopyOnWriteArrayList<>();
  final List<CertificateFingerprint> certificates = new CopyOnWriteArrayList<>();
  final List<AuditEntry.Origin> origins = new CopyOnWriteArrayList<>();
  final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
  final List<List<LogLine>> logged = new CopyOnWriteArrayList<>();
  volatile String token = TOKEN;
  volatile @Nullable Refusal atTheDoor;
  volatile @Nullable Refusal atTheGate;

  GrpcServer.Collaborators collaborators() {
    return new GrpcServer.Collaborators(
        this,
        this,
        this,
        leased -> Secret.of("mst_job_of_" + leased.job().id()),
        (caller, declaration) -> Outcome.done(Optional.empty()),
        new HeartbeatCalls(
            this,
            (caller, declaration) -> Outcome.done(Optional.empty()),
            caller -> Optional.empty()),
        new ReportCalls(this),
        () -> grants.add(Claimed.NOTHING));
  }

  @Override
  public Outcome<Caller> admit(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    origins.add(origin);
    if (atTheDoor instanceof Refusal because) {
      return new Outcome.Refused<>(because);
    }
    return presented instanceof Presented.Token shown && shown.token().reveal().equals(token)
        ? Outcome.done(
            new Caller(
                new Principal.OfAgent(
                    new AgentId(new UUID(1, 1)),
                    new AgentName("scanner-1"),
                    new TenantId(new UUID(1, 2)),
                    Set.of(),
                    0),
                origin))
        : Outcome.refused(Refusal.Code.UNAUTHENTICATED, "whatever the cause");
  }

  @Override
  public Outcome<Caller> withCertificate(
      Caller caller, Action action, @Nullable CertificateFingerprint certificate) {
    if (certificate != null) {
      certificates.add(certificate);
    }
    return Outcome.done(caller);
  }

  @Override
  public Outcome<Caller> withSignature(Caller caller, Action action, @Nullable Signed shown) {
    if (shown != null) {
      signed.add(shown);
    }
    return atTheGate instanceof Refusal because
        ? new Outcome.Refused<>(because)
        : Outcome.done(caller);
  }

  @Override
  public Outcome<Claimed> claim(Caller caller, Claim claim) throws InterruptedException {
    waiting.add(claim);
    try {
      return Outcome.done(grants.take());
    } catch (InterruptedException ended) {
      interrupted.incrementAndGet();
      throw ended;
    }
  }

  @Override
  public Outcome<Answer> heartbeat(Caller caller, Heartbeat heartbeat) {
    heartbeats.add(heartbeat);
    return Outcome.done(new Answer(List.of(), List.of(), 20));
  }

  @Override
  public Outcome<Job> report(Caller caller, JobId job, int attempt, Report report) {
    return Outcome.refused(Refusal.Code.LEASE_LOST, "Another attempt has begun.");
  }

  @Override
  public List<Outcome<Job>> reportAll(Caller caller, List<AttemptReport> reports) {
    return reports.stream()
        .map(each -> report(caller, each.job(), each.attempt(), each.report()))
        .toList();
  }

  @Override
  public Outcome<Integer> log(Caller caller, JobId job, int attempt, List<LogLine> lines) {
    logged.add(lines);
    return Outcome.done(lines.size());
  }
}
