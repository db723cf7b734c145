package dev.muster.demo;

import java.time.Duration;
import java.util.Locale;

/** What is printed, with the time since the beginning in front. */
final class Story {
  private final long begin = System.nanoTime();

  void tell(String format, Object... arguments) {
    Duration since = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf(
        Locale.ROOT, "%6.1f s  %s%n", since.toMillis() / 1000.0, format.formatted(arguments));
  }

  void failed(String what) {
    tell("FAILED: %s", what);
  }

  void addresses(Fleet fleet) {
    System.out.printf(
        """

        The server goes on until Ctrl-C.
          the API, readable    %1$s/docs
          the API, as OpenAPI  %1$s/openapi.yaml
          ready?               %1$s/readyz
          an operator's token  %2$s
          a user's token       %3$s
          logs                 %4$s

        For example:
          curl -s -H "Authorization: Bearer $(cat %3$s)" %1$s/api/v1/platform-jobs
        """,
        fleet.server(), fleet.operatorTokenFile(), fleet.userTokenFile(), fleet.logs());
  }
}
