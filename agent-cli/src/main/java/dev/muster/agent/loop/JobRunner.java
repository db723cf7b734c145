package dev.muster.agent.loop;

import dev.muster.agent.api.ClaimedJob;
import dev.muster.agent.api.Lease;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.ServerApi;
import dev.muster.agent.api.ServerApi.Acknowledged;
import dev.muster.agent.api.StatusReport;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.journal.Journal;
import dev.muster.agent.spool.Spool;
import dev.muster.agent.tracing.RunTraces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Runs jobs from claim to report, each on threads of its own. Thread-safe. */
final class JobRunner {
  private static final Journal JOURNAL = Journal.of("job");

  private final ServerApi server;
  private final Crew crew;
  private final Work work;
  private final InstantSource clock;
  private final Tasks tasks;
  private final Spool spool;
  private final RunTraces traces;

  JobRunner(
      ServerApi server,
      Crew crew,
      Work work,
      InstantSource clock,
      Tasks tasks,
      Spool spool,
      RunTraces traces) {
    this.traces = traces;
    this.server = server;
    this.crew = crew;
    this.work = work;
    this.clock = clock;
    this.tasks = tasks;
    this.spool = spool;
  }

  /** Starts a job; false when there is no slot for it. */
  boolean start(ClaimedJob claimed) {
    HeldJob job = new HeldJob(claimed);
    if (crew.halt().isCalled() || !crew.jobs().admit(job)) {
      return false;
    }
    JOURNAL.info(
        "claimed",
        "job",
        job.lease().job(),
        "attempt",
        job.lease().attempt(),
        "tenant",
        claimed.tenantSlug(),
        "type",
        claimed.type());
    tasks.start("job " + job.lease().job(), () -> hold(job));
    return true;
  }

  /** Gives back a job that was never started, in the background. */
  void giveBackSoon(Lease lease) {
    tasks.start("give back " + lease.job(), () -> giveBack(lease));
  }

  /** Gives back a job that was never started. */
  void giveBack(Lease lease) throws InterruptedException {
    Reply<Acknowledged> unheard = server.report(StatusReport.released(lease));
    JOURNAL.info("given_back", "job", lease.job(), "heard", unheard instanceof Reply.Ok<?>);
  }

  private void hold(HeldJob job) throws InterruptedException {
    LogBuffer buffer = new LogBuffer(clock, spool.spillOf(job.lease()));
    Instant deadline = clock.instant().plus(job.job().runTimeout());
    var courier = new LogCourier(server, job, buffer, crew.pace().linger(), crew.backoff());
    Thread sending = tasks.start("log " + job.lease().job(), courier::run);
    try (var run = traces.begin(job.job())) {
      announce(job);
      ConnectorOutcome outcome =
          new WorkWatch(job, crew.pace().cancelPatience())
              .run(() -> work.run(Assignments.of(job), buffer, job.cancellation(), deadline));
      buffer.close();
      sending.join(crew.pace().logPatience());
      Optional<StatusReport> report = Verdict.of(job.lease(), job.ending(), outcome);
      run.ended(report);
      if (report.isPresent()) {
        new Delivery(server, job, crew.halt(), crew.backoff(), spool).deliver(report.get());
      } else {
        JOURNAL.warn("abandoned", "job", job.lease().job(), "attempt", job.lease().attempt());
      }
    } catch (InterruptedException stopped) {
      sending.interrupt();
      buffer.keep();
      throw stopped;
    } finally {
      sending.interrupt();
      crew.jobs().leave(job);
    }
  }

  /** One try is enough: the outcome says it too. */
  private void announce(HeldJob job) throws InterruptedException {
    Reply<Acknowledged> reply = server.report(StatusReport.running(job.lease(), null));
    if (reply instanceof Reply.LeaseLost<Acknowledged>) {
      job.end(Ending.LOST);
    }
  }
}
