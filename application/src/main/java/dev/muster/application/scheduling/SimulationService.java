package dev.muster.application.scheduling;

import dev.muster.domain.scheduling.Forecast;
import dev.muster.domain.scheduling.Simulation;
import dev.muster.domain.scheduling.Simulation.Rules;
import dev.muster.domain.scheduling.WhatIf;
import dev.muster.domain.scheduling.World;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.SchedulerSimulation;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Reads the queue as it is and has the domain imagine what becomes of it. One question at a time: a
 * simulation is the only thing that keeps a processor busy for long.
 */
public final class SimulationService implements SchedulerSimulation {
  private final WorldReading reading;
  private final int slack;
  private final Duration regionPatience;
  private final Supplier<RandomGenerator> lots;
  private final Semaphore turn = new Semaphore(1);

  /**
   * Simulates what {@code reading} finds.
   *
   * @param slack how many starts a tenant may be ahead of the others
   * @param regionPatience how long a job waits for its preferred region
   * @param lots orders agents that are equally loaded: each time from the same beginning, so that
   *     the same question has the same answer
   */
  public SimulationService(
      WorldReading reading, int slack, Duration regionPatience, Supplier<RandomGenerator> lots) {
    this.reading = reading;
    this.slack = slack;
    this.regionPatience = regionPatience;
    this.lots = lots;
  }

  @Override
  public Outcome<Simulated> simulate(Caller caller, Question question) {
    if (!turn.tryAcquire()) {
      return Outcome.refused(
          Refusal.Code.NOT_READY, "This server simulates already; try again in a few seconds.");
    }
    try {
      return reading.read(question).map(read -> simulated(question, read));
    } finally {
      turn.release();
    }
  }

  private Simulated simulated(Question question, WorldReading.Read read) {
    WhatIf changes = question.changes();
    World world = read.world();
    Duration horizon = question.horizon();
    return new Simulated(
        world.now(),
        question,
        world.queue().size(),
        read.leftOut(),
        forecast(world, horizon),
        forecast(changes.in(world, read.tenants(), read.plans()), horizon));
  }

  private Forecast forecast(World world, Duration horizon) {
    return Simulation.run(world, new Rules(slack, regionPatience, horizon), lots.get());
  }
}
