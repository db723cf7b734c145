package dev.muster.application;

import dev.muster.application.credential.Resealing;
import dev.muster.application.credential.Secrets;
import dev.muster.application.scheduling.DispatchService;
import dev.muster.application.scheduling.QueueCounts;
import dev.muster.application.scheduling.QueueOverviewService;
import dev.muster.application.scheduling.ReportingService;
import dev.muster.application.scheduling.SimulationService;
import dev.muster.application.scheduling.SweepService;
import dev.muster.application.scheduling.WorldReading;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.JobQueue;
import java.time.Duration;
import java.util.SplittableRandom;

/** Who does what when, over ports in memory. */
interface SchedulingServices extends Ground {
  /** A replica's dispatch, which hears of everything; to be started and closed. */
  default DispatchService dispatch() {
    return dispatch(ports().jobQueue());
  }

  /** A replica's dispatch over another queue, which hears of everything. */
  default DispatchService dispatch(JobQueue queue) {
    return dispatch(queue, ports().agentNews());
  }

  /** A replica's dispatch that gives out leases of another length. */
  default DispatchService dispatch(Duration lease) {
    return dispatch(ports().jobQueue(), ports().agentNews(), lease);
  }

  /** A replica's dispatch over another queue and other news, which hears of everything. */
  default DispatchService dispatch(JobQueue queue, AgentNews news) {
    return dispatch(queue, news, Installation.LEASE);
  }

  private DispatchService dispatch(JobQueue queue, AgentNews news, Duration lease) {
    DispatchService dispatch =
        new DispatchService(
            ports().transactions(),
            new DispatchService.Queue(queue, news),
            auditing(),
            ports().clock(),
            random(),
            new DispatchService.Policy(lease, Installation.REGION_PATIENCE, Installation.SLACK));
    ports().wakeups().wake(dispatch);
    return dispatch;
  }

  /** Where agents report. */
  default ReportingService reporting() {
    return new ReportingService(
        ports().transactions(),
        ports().jobBatches(),
        ports().jobLogs(),
        changes(),
        ports().clock(),
        random());
  }

  private QueueCounts queueCounts() {
    return new QueueCounts(
        ports().queueStatistics(), ports().sweepTurns(), ports().clock(), Installation.SHORT_QUEUE);
  }

  /** Its queue in numbers. */
  default QueueOverviewService overview() {
    return new QueueOverviewService(
        ports().transactions(), ports().queueStatistics(), queueCounts(), ports().clock());
  }

  /** Its imagination. */
  default SimulationService simulation() {
    return new SimulationService(
        new WorldReading(
            ports().transactions(),
            ports().jobQueue(),
            ports().queueSnapshots(),
            ports().tenants(),
            ports().plans(),
            ports().clock(),
            Installation.LEASE),
        Installation.SLACK,
        Installation.REGION_PATIENCE,
        () -> new SplittableRandom(1));
  }

  /** What seals anew, with these master keys. */
  default Resealing resealing(Secrets with) {
    return new Resealing(ports().sweepTurns(), ports().sealedStore(), with, auditing());
  }

  /** Its sweeps. */
  default SweepService sweeps() {
    return new SweepService(
        ports().sweepTurns(),
        new SweepService.Stores(
            ports().jobDirectory(),
            ports().agentKeys(),
            ports().inlineAgents(),
            ports().idempotencyKeys(),
            ports().auditLog(),
            queueCounts(),
            resealing(secrets()),
            ports().releases()),
        decisions(),
        ports().wakeups(),
        auditing(),
        ports().clock(),
        new SweepService.Durations(Installation.LEASE, Installation.RETENTION));
  }
}
