package dev.muster.agent.enrolment;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.Reply;
import dev.muster.agent.journal.Journal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a server until it says yes or no. */
final class Asking {
  private static final Journal JOURNAL = Journal.of("enrolment");

  /** An agent that was killed lives on at the server for as long as a lease, and some more. */
  private static final Duration UNTIL_THE_OLD_ONE_HAS_GONE = Duration.ofSeconds(90);

  private final Backoff failures;

  Asking(Backoff failures) {
    this.failures = failures;
  }

  /** One try. */
  interface Try<T> {
    Reply<T> ask() throws InterruptedException;
  }

  /**
   * The answer, or the last one that was none.
   *
   * @param patience how long to go on asking a server that does not answer
   */
  <T> Reply<T> until(Duration patience, Try<T> attempt) throws InterruptedException {
    long started = System.nanoTime();
    while (true) {
      Reply<T> reply = attempt.ask();
      Duration passed = Duration.ofNanos(System.nanoTime() - started);
      String why = whyAgain(reply, passed);
      if (why == null) {
        failures.reset();
        return reply;
      }
      Reply.Unavailable<T> away = reply instanceof Reply.Unavailable<T> it ? it : null;
      Duration pause = failures.next(away == null ? null : away.retryAfter());
      if (patience.minus(passed).compareTo(pause) < 0) {
        return reply;
      }
      JOURNAL.warn("not_let_in_yet", "reason", why, "pause_ms", pause.toMillis());
      Thread.sleep(pause);
    }
  }

  private static <T> @Nullable String whyAgain(Reply<T> reply, Duration passed) {
    return switch (reply) {
      case Reply.Unavailable<T> away -> away.untrusted() ? null : away.reason();
      case Reply.Refused<T> refused ->
          refused.code().equals("agent_name_in_use")
                  && passed.compareTo(UNTIL_THE_OLD_ONE_HAS_GONE) < 0
              ? refused.code()
              : null;
      case Reply.Ok<T> ok -> null;
      case Reply.Unauthorized<T> unknown -> null;
      case Reply.Disabled<T> disabled -> null;
      case Reply.LeaseLost<T> lost -> null;
    };
  }
}
