package dev.muster.http.route;

import dev.muster.domain.access.Action;
import dev.muster.ports.in.access.Audience;
import dev.muster.wire.access.Doorman;
import java.util.Objects;

/** Who may call a route, together with the handler that relies on it. */
public sealed interface Guard {
  /**
   * Anybody may call.
   *
   * @param why no credential is asked for
   */
  record Open(String why, OpenHandler handler) implements Guard {
    /** Checks that there is a reason. */
    public Open {
      if (why.isBlank()) {
        throw new IllegalArgumentException("a route that asks for nothing says why");
      }
    }
  }

  /**
   * Only a caller with the action's permission who belongs to the audience.
   *
   * <p>Where holders of a job's token may call, the place {@code {id}} of the path is the job.
   */
  record Needs(Action action, Audience audience, Handler handler) implements Guard {
    /** Checks that there is an action, whatever the compiler was told. */
    public Needs {
      Objects.requireNonNull(action, "action");
      Objects.requireNonNull(audience, "audience");
    }

    /** What the door asks for, without the handler. */
    public Doorman.Needed needed() {
      return new Doorman.Needed(action, audience);
    }
  }
}
