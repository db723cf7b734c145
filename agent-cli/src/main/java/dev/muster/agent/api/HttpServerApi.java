package dev.muster.agent.api;

import dev.muster.domain.job.LogLine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** {@link ServerApi} over HTTP. Thread-safe; the client belongs to whoever made it. */
public final class HttpServerApi implements ServerApi {
  private static final String BASE = "/api/v1/platform-agent/";
  private static final long SMALL = 256 * 1024;

  /** Up to the most jobs at once, each with the largest payload. */
  private static final long CLAIM = 32 * 1024 * 1024;

  private static final JobTraces NO_TRACE = lease -> null;

  private final HttpTransport transport;
  private final Supplier<Credential> credential;
  private final Signing signing;
  private final Duration patience;
  private final JobTraces traces;

  /**
   * The API of one server.
   *
   * @param patience how long an answer may take; for a claim, beyond what it asked to wait
   */
  public HttpServerApi(
      HttpClient client,
      URI server,
      Credential credential,
      Duration patience,
      InstantSource clock) {
    this(client, server, () -> credential, patience, clock);
  }

  /**
   * The API of one server, with a credential that may change from call to call.
   *
   * @param patience how long an answer may take; for a claim, beyond what it asked to wait
   */
  public HttpServerApi(
      HttpClient client,
      URI server,
      Supplier<Credential> credential,
      Duration patience,
      InstantSource clock) {
    this(client, server, credential, Signing.NONE, patience, clock);
  }

  /**
   * The API of one server, with calls that are signed.
   *
   * @param patience how long an answer may take; for a claim, beyond what it asked to wait
   */
  public HttpServerApi(
      HttpClient client,
      URI server,
      Supplier<Credential> credential,
      Signing signing,
      Duration patience,
      InstantSource clock) {
    this(
        new HttpTransport(client, server, signing, clock), credential, signing, patience, NO_TRACE);
  }

  private HttpServerApi(
      HttpTransport transport,
      Supplier<Credential> credential,
      Signing signing,
      Duration patience,
      JobTraces traces) {
    this.transport = transport;
    this.signing = signing;
    this.credential = credential;
    this.patience = patience;
    this.traces = traces;
  }

  /** The same, with what is said of jobs said as part of their traces. */
  public HttpServerApi tracedBy(JobTraces others) {
    return new HttpServerApi(transport, credential, signing, patience, others);
  }

  /**
   * Says what the agent can do, where it comes by name. Names no jobs, so that leases are left
   * alone.
   */
  public Reply<Introduced> introduce(Introduction introduction) throws InterruptedException {
    return transport.exchange(
        call("heartbeat", IntroductionJson.write(introduction), SMALL), IntroductionJson::read);
  }

  @Override
  public Reply<HeartbeatAnswer> heartbeat(Heartbeat heartbeat) throws InterruptedException {
    return transport.exchange(
        call("heartbeat", HeartbeatJson.write(heartbeat), SMALL), signing::takingRenewal);
  }

  /**
   * Asks whether the credential works. Unlike a heartbeat it names no jobs, not even none, so that
   * the leases of an agent that is running beside are left alone.
   */
  public Reply<HeartbeatAnswer> probe(String version) throws InterruptedException {
    return transport.exchange(
        call("heartbeat", Json.object().put("version", version), SMALL), HeartbeatJson::read);
  }

  @Override
  public OpenPoll claim(Claim claim) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        transport.send(call("jobs/claim", ClaimJson.write(claim), CLAIM));
    return new HttpPoll(sent, patience.plus(claim.longest()));
  }

  @Override
  public Reply<Acknowledged> report(StatusReport report) throws InterruptedException {
    return Retryable.ofWork(
        transport.exchange(
            call("jobs/" + report.lease().job() + "/status", ReportJson.write(report), SMALL)
                .inTrace(traces.of(report.lease())),
            ReportJson::taken));
  }

  @Override
  public Reply<Acknowledged> ship(Lease lease, List<LogLine> lines) throws InterruptedException {
    return Retryable.ofWork(
        transport.exchange(
            call("jobs/" + lease.job() + "/logs", ReportJson.write(lease, lines), SMALL)
                .inTrace(traces.of(lease)),
            ReportJson::shipped));
  }

  private HttpTransport.Call call(String path, ObjectNode body, long mostBytes) {
    return new HttpTransport.Call(BASE + path, headers(), body, patience, mostBytes);
  }

  private Map<String, String> headers() {
    Credential now = credential.get();
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", "Bearer " + now.apiKey().reveal());
    headers.put("X-Agent-Instance", now.instance().toString());
    if (now.name() != null) {
      headers.put("X-Agent-Name", now.name());
    }
    return headers;
  }

  private final class HttpPoll implements OpenPoll {
    private final CompletableFuture<HttpResponse<byte[]>> sent;
    private final Duration deadline;

    private HttpPoll(CompletableFuture<HttpResponse<byte[]>> sent, Duration deadline) {
      this.sent = sent;
      this.deadline = deadline;
    }

    @Override
    public Optional<Reply<ClaimAnswer>> await() throws InterruptedException {
      try {
        return Optional.of(transport.await(sent, deadline, ClaimJson::read));
      } catch (CancellationException ended) {
        return Optional.empty();
      } finally {
        sent.cancel(true);
      }
    }

    @Override
    public void end() {
      sent.cancel(true);
    }
  }
}
