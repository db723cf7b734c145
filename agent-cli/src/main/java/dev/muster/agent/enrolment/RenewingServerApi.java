package dev.muster.agent.enrolment;

import dev.muster.agent.api.Claim;
import dev.muster.agent.api.ClaimAnswer;
import dev.muster.agent.api.Credential;
import dev.muster.agent.api.Heartbeat;
import dev.muster.agent.api.HeartbeatAnswer;
import dev.muster.agent.api.Lease;
import dev.muster.agent.api.OpenPoll;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.ServerApi;
import dev.muster.agent.api.StatusReport;
import dev.muster.domain.job.LogLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Goes back to registration when the server does not know a shared agent's token any more. A call
 * that was refused so is answered as worth a retry, which each loop makes in its own way.
 */
public final class RenewingServerApi implements ServerApi {
  private final ServerApi server;
  private final SharedMembership membership;

  /** Around the API that presents the membership's token. */
  public RenewingServerApi(ServerApi server, SharedMembership membership) {
    this.server = server;
    this.membership = membership;
  }

  @Override
  public Reply<HeartbeatAnswer> heartbeat(Heartbeat heartbeat) throws InterruptedException {
    Credential used = membership.credential();
    return renewed(used, server.heartbeat(heartbeat));
  }

  @Override
  public OpenPoll claim(Claim claim) {
    Credential used = membership.credential();
    OpenPoll poll = server.claim(claim);
    return new OpenPoll() {
      @Override
      public Optional<Reply<ClaimAnswer>> await() throws InterruptedException {
        Optional<Reply<ClaimAnswer>> reply = poll.await();
        return reply.isEmpty() ? reply : Optional.of(renewed(used, reply.get()));
      }

      @Override
      public void end() {
        poll.end();
      }
    };
  }

  @Override
  public Reply<Acknowledged> report(StatusReport report) throws InterruptedException {
    Credential used = membership.credential();
    return renewed(used, server.report(report));
  }

  @Override
  public Reply<Acknowledged> ship(Lease lease, List<LogLine> lines) throws InterruptedException {
    Credential used = membership.credential();
    return renewed(used, server.ship(lease, lines));
  }

  private <T> Reply<T> renewed(Credential used, Reply<T> reply) throws InterruptedException {
    return reply instanceof Reply.Unauthorized<T> && membership.renewedAfter(used)
        ? new Reply.Unavailable<>("the token was renewed", Duration.ZERO, false)
        : reply;
  }
}
