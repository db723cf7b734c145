package dev.muster.agent.api;

import dev.muster.domain.job.LogLine;
import java.util.List;

/**
 * What an enrolled agent says to the server. Thread-safe; every call has a deadline of its own.
 *
 * <p>An interrupted call is given up at once: whether the server has heard it is not known.
 */
public interface ServerApi {

  /** Says that the agent is alive and renews the leases named. */
  Reply<HeartbeatAnswer> heartbeat(Heartbeat heartbeat) throws InterruptedException;

  /** Asks for work; the answer may take as long as the claim allows. */
  OpenPoll claim(Claim claim);

  /** Reports how a job stands. */
  Reply<Acknowledged> report(StatusReport report) throws InterruptedException;

  /** Sends lines of a job's log, in order of their numbers. */
  Reply<Acknowledged> ship(Lease lease, List<LogLine> lines) throws InterruptedException;

  /** That the server has taken what was sent. */
  record Acknowledged() {}
}
