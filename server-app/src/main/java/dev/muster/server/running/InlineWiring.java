package dev.muster.server.running;

import dev.muster.inline.InlineSettings;
import dev.muster.inline.InlineWorker;
import dev.muster.sandbox.ScriptLimits;
import dev.muster.server.configuration.InlineJobSettings;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the worker within the server together: an agent in all but its way in. */
final class InlineWiring {
  private static final int KIB = 1_024;
  private static final int MIB = 1_024 * KIB;

  /** More than a payload can have, once it is JSON within JSON. */
  private static final int START_BYTES = 2 * MIB;

  private static final int MESSAGE_BYTES = 2 * MIB;
  private static final int RESULT_BYTES = 512 * KIB;
  private static final int CALLS = 100;
  private static final int BEATS_IN_A_LEASE = 3;

  private InlineWiring() {}

  static InlineWorker worker(
      Wiring wiring,
      WorkPorts work,
      InstantSource clock,
      InlineJobSettings jobs,
      String replica,
      Duration lease) {
    return new InlineWorker(
        new InlineWorker.Server(
            wiring.joining().inlineWorkers(),
            work.dispatch(),
            wiring.presence(),
            work.reporting(),
            clock),
        new InlineSettings(
            replica,
            jobs.slots(),
            new ScriptLimits(
                jobs.heapMebibytes(),
                jobs.time(),
                jobs.cpu(),
                START_BYTES,
                MESSAGE_BYTES,
                RESULT_BYTES,
                jobs.outputBytes(),
                CALLS),
            jobs.servers(),
            lease.dividedBy(BEATS_IN_A_LEASE)));
  }
}
