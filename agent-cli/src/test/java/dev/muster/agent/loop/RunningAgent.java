package dev.muster.agent.loop;

import dev.muster.agent.api.Credential;
import dev.muster.agent.api.HttpServerApi;
import dev.muster.agent.configuration.Offer;
import dev.muster.agent.configuration.Times;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.network.HttpClients;
import dev.muster.agent.network.Route;
import dev.muster.agent.spool.Spool;
import dev.muster.agent.tracing.RunTraces;
import dev.muster.domain.credential.Secret;
import dev.muster.tracing.Tracing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** An agent that runs against a fake server, quickly. */
final class RunningAgent implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(20);

  final FakeWork work = new FakeWork();
  private final HttpClient client;
  private final Agent agent;
  private final CompletableFuture<StopReason> end = new CompletableFuture<>();

  RunningAgent(FakeServer server, int slots) throws Exception {
    this(server, slots, Duration.ofMillis(100), Duration.ofSeconds(5));
  }

  RunningAgent(FakeServer server, int slots, Duration shutdownGrace, Duration patience)
      throws Exception {
    this(
        server.url(),
        slots,
        shutdownGrace,
        patience,
        Duration.ofSeconds(1),
        temporary(),
        new RunTraces(Tracing.NONE));
  }

  private RunningAgent(
      URI server,
      int slots,
      Duration shutdownGrace,
      Duration patience,
      Duration poll,
      Path spool,
      RunTraces traces)
      throws Exception {
    client = HttpClients.make(SSLContext.getDefault(), Route.DIRECT);
    HttpServerApi api =
        new HttpServerApi(
                client,
                server,
                new Credential(Secret.of("mst_agent_x"), new UUID(1, 2)),
                patience,
                InstantSource.system())
            .tracedBy(traces);
    agent =
        new Agent(
            api,
            work,
            new Offer("a1", "*", "task", List.of("nmap"), List.of("nmap"), null, slots),
            new Times(poll, shutdownGrace, Duration.ofSeconds(1)),
            new Pace(
                TICK,
                TICK.multipliedBy(5),
                TICK,
                TICK,
                Duration.ofMillis(500),
                Duration.ofMillis(400),
                Duration.ofSeconds(2)),
            InstantSource.system(),
            "1.2.3",
            () -> {},
            Spool.open(spool, 1 << 20),
            traces);
    Thread.ofVirtual().start(this::run);
  }

  /** An agent with other times than usual. */
  static RunningAgent polling(FakeServer server, Duration poll) throws Exception {
    return new RunningAgent(
        server.url(),
        1,
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        poll,
        temporary(),
        new RunTraces(Tracing.NONE));
  }

  /** An agent that traces its jobs. */
  static RunningAgent traced(FakeServer server, Tracing tracing) throws Exception {
    Duration second = Duration.ofSeconds(1);
    return new RunningAgent(
        server.url(),
        2,
        Duration.ofMillis(100),
        second,
        second,
        temporary(),
        new RunTraces(tracing));
  }

  /** An agent whose spool another run has had, or will have. */
  static RunningAgent spooling(FakeServer server, Path folder) throws Exception {
    Duration second = Duration.ofSeconds(1);
    return new RunningAgent(
        server.url(),
        1,
        Duration.ofMillis(100),
        second,
        second,
        folder,
        new RunTraces(Tracing.NONE));
  }

  /** An agent that reaches its server through something else. */
  static RunningAgent through(URI way, Duration poll) throws Exception {
    Duration second = Duration.ofSeconds(1);
    return new RunningAgent(
        way, 1, Duration.ofMillis(100), second, poll, temporary(), new RunTraces(Tracing.NONE));
  }

  private static Path temporary() throws IOException {
    Path folder = Files.createTempDirectory("muster-spool");
    folder.toFile().deleteOnExit();
    return folder;
  }

  private void run() {
    try {
      end.complete(agent.run());
    } catch (InterruptedException | RuntimeException | Error failure) {
      end.completeExceptionally(failure);
    }
  }

  StopReason awaitEnd() throws Exception {
    return end.get(15, TimeUnit.SECONDS);
  }

  void stop() {
    agent.stop();
  }

  @Override
  public void close() throws Exception {
    agent.stop();
    awaitEnd();
    client.shutdownNow();
  }
}
