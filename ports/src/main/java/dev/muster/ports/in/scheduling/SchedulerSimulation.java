package dev.muster.ports.in.scheduling;

import dev.muster.domain.scheduling.Forecast;
import dev.muster.domain.scheduling.WhatIf;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Imagines what becomes of the present queue, for operators. Changes nothing. */
public interface SchedulerSimulation {
  /** No more jobs than these are replayed. */
  int MOST_JOBS = 20_000;

  /**
   * Replays the present queue twice: as things are, and as they would be.
   *
   * @return refused with {@code INVALID} where the question names a tenant that is not there or an
   *     agent that takes no part, and with {@code NOT_READY} while this server answers another
   */
  Outcome<Simulated> simulate(Caller caller, Question question);

  /**
   * What is to be found out.
   *
   * @param assumedRun how long a job runs of whose type none was completed within a day
   * @param assumedFailures the share of attempts that fail and may be tried again, from 0 to 1,
   *     whatever the type; null for what was seen of each type within a day
   * @param horizon how far time is imagined
   */
  record Question(
      WhatIf changes, Duration assumedRun, @Nullable Double assumedFailures, Duration horizon) {}

  /**
   * What would become of the queue.
   *
   * @param at the moment from which on it was replayed
   * @param replayed how many jobs take part
   * @param leftOut how many queued jobs do not: those that do not become due before the horizon,
   *     and those beyond what is replayed at most
   * @param now as things are
   * @param changed as they would be
   */
  record Simulated(
      Instant at, Question question, int replayed, long leftOut, Forecast now, Forecast changed) {}
}
