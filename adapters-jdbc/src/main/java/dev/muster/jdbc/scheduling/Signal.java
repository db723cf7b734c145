package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.in.scheduling.Wakeable;
import java.util.UUID;

/** What is sent between replicas: {@code jobs}, or {@code agent:} and its id. */
final class Signal {
  static final String CHANNEL = "muster";

  private static final String JOBS = "jobs";
  private static final String AGENT = "agent:";

  private Signal() {}

  static String jobs() {
    return JOBS;
  }

  static String agent(AgentId agent) {
    return AGENT + agent;
  }

  /** Passes a signal on; one that a newer replica sends and this one does not know is ignored. */
  static void pass(String payload, Wakeable wakeable) {
    if (payload.equals(JOBS)) {
      wakeable.jobsMayWait();
    } else if (payload.startsWith(AGENT)) {
      wakeable.agentConcerned(new AgentId(UUID.fromString(payload.substring(AGENT.length()))));
    }
  }
}
