package dev.muster.agent.command;

import dev.muster.agent.api.Credential;
import dev.muster.agent.api.HttpServerApi;
import dev.muster.agent.configuration.Offer;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.configuration.Times;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.loop.Agent;
import dev.muster.agent.loop.Pace;
import dev.muster.agent.network.HttpClients;
import dev.muster.agent.network.Route;
import dev.muster.agent.process.JobGroups;
import dev.muster.agent.process.LeftoverProcesses;
import dev.muster.agent.spool.Spool;
import dev.muster.agent.vault.Vault;
import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code muster-agent warm-up}: goes through what every start goes through, against a server within
 * this process, so that Java can remember it (an AOT cache, {@code -XX:AOTCacheOutput}). Talks to
 * nobody, and keeps nothing.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Goes through a start without any server, for the launcher.")
final class WarmUpCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final UUID NOBODY = new UUID(0, 0);

  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable MusterAgent program;

  @Override
  public Integer call() throws Exception {
    Preparation preparation = Preparation.read(spec, Objects.requireNonNull(program));
    prepare(preparation);
    Path spool = Files.createTempDirectory("muster-warm-up");
    try (PretendedServer server = PretendedServer.start();
        HttpClient client = HttpClients.make(preparation.tls(), Route.DIRECT)) {
      Agent agent = agent(server, client, spool);
      Thread run = Thread.ofVirtual().start(() -> run(agent));
      server.awaitPoll(ANSWER);
      greet(client, server);
      run.join(LONG_ENOUGH);
      agent.stop();
      run.join(ANSWER);
    } finally {
      Files.deleteIfExists(spool);
    }
    return ExitCode.OK.number();
  }

  /** What comes before the first call; what is wrong there, the start itself will say. */
  private static void prepare(Preparation preparation) {
    LeftoverProcesses.reap(NOBODY.toString(), JobGroups.find(NOBODY.toString()), Duration.ZERO);
    try {
      Vault vault = Workshop.vault(preparation, Optional.empty());
      Workshop.connectors(preparation, NOBODY, vault, new Problems());
    } catch (CommandFailedException unusable) {
      // Then there is only less to remember.
    }
  }

  /** The beginning of TLS, to a server that speaks none: most of it is in the first message. */
  private static void greet(HttpClient client, PretendedServer server) throws InterruptedException {
    URI url = URI.create("https://127.0.0.1:" + server.url().getPort() + "/");
    HttpRequest request = HttpRequest.newBuilder(url).timeout(LONG_ENOUGH).build();
    try {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (IOException expected) {
      // It answers something else.
    }
  }

  private static Agent agent(PretendedServer server, HttpClient client, Path spool)
      throws Exception {
    HttpServerApi api =
        new HttpServerApi(
            client,
            server.url(),
            new Credential(Secret.of("nobody"), NOBODY),
            ANSWER,
            InstantSource.system());
    return new Agent(
        api,
        (assignment, reports, cancellation, deadline) ->
            new ConnectorOutcome.Cancelled(true, "never asked"),
        new Offer("warm-up", "*", "task", List.of(), List.of(), null, 1),
        new Times(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO),
        Pace.production(Duration.ZERO),
        InstantSource.system(),
        Version.own(),
        () -> {},
        Spool.open(spool, 0));
  }

  private static void run(Agent agent) {
    try {
      agent.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
