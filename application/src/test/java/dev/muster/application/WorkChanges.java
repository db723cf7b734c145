package dev.muster.application;

import dev.muster.application.EveryChangeIsAuditedTest.Change;
import dev.muster.application.EveryChangeIsAuditedTest.World;
import dev.muster.application.scheduling.DispatchService;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Those of jobs. */
final class WorkChanges {
  private static final JobError BROKEN = new JobError("broken", "it broke");

  private WorkChanges() {}

  static Stream<Change> all() {
    return Stream.of(jobs(), reports(), sweeps()).flatMap(changes -> changes);
  }

  private static Stream<Change> jobs() {
    return Stream.of(
        Changes.changeOf(
            "submit a job", w -> w.tenant(PlanName.FREE), (w, t) -> w.queued(t), "job.submit"),
        Changes.changeOf(
            "submit a job that fails at once",
            w -> w.tenant(PlanName.FREE),
            (w, t) -> w.queued(t, Specs.impatient()),
            "job.submit"),
        Changes.changeOf(
            "submit many jobs",
            w -> w.tenant(PlanName.FREE),
            (w, t) ->
                Changes.done(
                    w.in()
                        .submission()
                        .submitAll(w.member(t), List.of(Specs.plain(), Specs.plain()))),
            "job.submit",
            "job.submit"),
        Changes.changeOf(
            "cancel a queued job",
            w -> w.queued(w.tenant(PlanName.FREE)),
            (w, j) -> Changes.done(w.in().control().cancel(w.operator(), j.id())),
            "job.cancel"),
        Changes.changeOf(
            "cancel a leased job",
            w -> leased(w).job(),
            (w, j) -> Changes.done(w.in().control().cancel(w.operator(), j.id())),
            "job.cancel"),
        Changes.changeOf(
            "retry a job",
            w -> {
              Job job = w.queued(w.tenant(PlanName.FREE));
              Changes.done(w.in().control().cancel(w.operator(), job.id()));
              return job;
            },
            (w, j) -> Changes.done(w.in().control().retry(w.operator(), j.id())),
            "job.retry"),
        Changes.changeOf(
            "retry jobs by a filter",
            w -> {
              Tenant tenant = w.tenant(PlanName.FREE);
              Changes.done(w.in().control().cancel(w.operator(), w.queued(tenant).id()));
              Changes.done(w.in().control().cancel(w.operator(), w.queued(tenant).id()));
              return new JobFilter(JobStatus.CANCELLED, null, null, null);
            },
            (w, f) -> Changes.done(w.in().bulkRetry().retry(w.operator(), f, false)),
            "job.retry",
            "job.retry",
            "job.retry"),
        Changes.changeOf(
            "claim a job",
            w -> {
              w.queued(w.tenant(PlanName.FREE));
              return w.agent(1);
            },
            WorkChanges::claim,
            "agent.task_claimed"));
  }

  private static Stream<Change> reports() {
    return Stream.of(
        report("complete a job", new Report.Completed("{}"), "agent.task_completed"),
        report("fail at a job", new Report.Failed(BROKEN, false), "agent.task_failed"),
        report("fail at a job for now", new Report.Failed(BROKEN, true), "job.requeue"),
        report("release a job", new Report.Released(), "job.requeue"),
        report("stop a job", new Report.Cancelled(), "job.cancel"));
  }

  private static Stream<Change> sweeps() {
    return Stream.of(
        later("recover a lost lease", Installation.LEASE, WorkChanges::leased, "job.requeue"),
        later(
            "end a job at its run timeout",
            Duration.ofSeconds(7),
            w -> leased(w, Duration.ofSeconds(7)),
            "job.fail"),
        later("end an unconfirmed cancel", Installation.LEASE, WorkChanges::toStop, "job.cancel"),
        Changes.changeOf(
            "expire a job",
            w -> {
              Job job = w.queued(w.tenant(PlanName.FREE));
              w.pass(job.spec().queueTimeout());
              return job;
            },
            (w, j) -> w.in().sweeps().expireJobs(),
            "job.expire"),
        Changes.changeOf(
            "note who is offline",
            w -> {
              Agent agent = w.agent(1);
              w.pass(Installation.LEASE.plusNanos(1));
              return agent;
            },
            (w, a) -> w.in().sweeps().noteOfflineAgents(),
            "agent.offline"),
        Changes.changeOf(
            "take in a worker within the server",
            w -> w.in().inlineWorkers(),
            (w, workers) -> workers.enter("here", 1),
            "agent.inline_entered"),
        Changes.changeOf(
            "let a worker within the server go",
            w -> w.in().inlineWorkers().enter("here", 1),
            (w, worker) -> w.in().inlineWorkers().leave(worker),
            "agent.inline_left"),
        Changes.changeOf(
            "remove the worker of a replica that died",
            w -> {
              var worker = w.in().inlineWorkers().enter("here", 1);
              w.pass(Installation.LEASE.plusNanos(1));
              return worker;
            },
            (w, worker) -> w.in().sweeps().noteOfflineAgents(),
            "agent.inline_left"));
  }

  record Leased(Agent agent, Job job) {}

  static Leased leased(World world) {
    return leased(world, Duration.ofHours(1));
  }

  static Leased leased(World world, Duration runTimeout) {
    Agent agent = world.agent(1);
    Job job =
        world.queued(world.tenant(PlanName.FREE), Specs.timeouts(runTimeout, Duration.ofHours(1)));
    return new Leased(agent, world.assigned(job, agent));
  }

  private static Leased toStop(World world) {
    Leased leased = leased(world);
    Changes.done(world.in().control().cancel(world.operator(), leased.job().id()));
    return leased;
  }

  private static void claim(World world, Agent agent) {
    try (DispatchService replica = world.in().dispatch()) {
      replica.start();
      Claim claim = new Claim(null, null, null, 1, Duration.ZERO, null);
      Changes.done(replica.claim(world.calling(agent), claim));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static Change report(String name, Report report, String entry) {
    return Changes.changeOf(
        name,
        WorkChanges::leased,
        (w, l) ->
            Changes.done(
                w.in()
                    .reporting()
                    .report(w.calling(l.agent()), l.job().id(), l.job().attempt(), report)),
        entry);
  }

  private static Change later(
      String name, Duration time, Function<World, Leased> prepare, String entry) {
    return Changes.changeOf(
        name,
        w -> {
          Leased leased = prepare.apply(w);
          w.pass(time);
          return leased;
        },
        (w, l) -> w.in().sweeps().recoverLeases(),
        entry);
  }
}
