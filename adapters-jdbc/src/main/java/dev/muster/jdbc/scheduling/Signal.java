package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.in.scheduling.Wakeable;
import java.util.UUID;

/**
 * What is sent between replicas: who sends it, and {@code jobs}, {@code credentials}, or {@code
 * agent} and its id, with blanks between. Equal signals of one transaction are delivered once.
 */
final class Signal {
  static final String CHANNEL = "muster";

  private static final String JOBS = "jobs";
  private static final String AGENT = "agent";
  private static final String CREDENTIALS = "credentials";

  private Signal() {}

  static String jobs(UUID sender) {
    return sender + " " + JOBS;
  }

  static String credentials(UUID sender) {
    return sender + " " + CREDENTIALS;
  }

  static String agent(UUID sender, AgentId agent) {
    return sender + " " + AGENT + " " + agent;
  }

  /**
   * Passes a signal on, unless it is the receiver's own: that was passed on when it was sent. One
   * that a newer replica sends and this one does not know is ignored.
   */
  static void pass(String payload, UUID receiver, Wakeable wakeable) {
    String[] parts = payload.split(" ", -1);
    if (parts.length < 2 || parts[0].equals(receiver.toString())) {
      return;
    }
    if (parts[1].equals(JOBS)) {
      wakeable.jobsMayWait();
    } else if (parts[1].equals(CREDENTIALS)) {
      wakeable.credentialsChanged();
    } else if (parts[1].equals(AGENT) && parts.length > 2) {
      wakeable.agentConcerned(new AgentId(UUID.fromString(parts[2])));
    }
  }
}
