package dev.muster.agent.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.api.JobApi;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.network.Route;
import dev.muster.agent.network.TenantHosts;
import dev.muster.agent.process.JobGroups;
import dev.muster.agent.vault.Vault;
import dev.muster.agent.vault.VaultPolicy;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Runs jobs as the agent does, with a configuration and a vault of the test's own. */
public final class Workbench implements JobReports {
  private static final JsonMapper JSON = new JsonMapper();

  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private final Path folder;
  private final Connectors connectors;
  private final Cancellation cancellation = new Cancellation();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final String instance = UUID.randomUUID().toString();
  private Duration timeout = Duration.ofSeconds(60);
  private Secret token;

  public Workbench(Path folder, String yaml, String vault) throws Exception {
    this(folder, yaml, vault, SSLContext.getDefault());
  }

  public Workbench(Path folder, String yaml, String vault, SSLContext tls) throws Exception {
    this(folder, yaml, vault, tls, Route.DIRECT);
  }

  public Workbench(Path folder, String yaml, String vault, SSLContext tls, Route route)
      throws Exception {
    this(folder, yaml, vault, tls, route, Optional.empty(), NOWHERE);
  }

  public Workbench(Path folder, String yaml, String vault, SSLContext tls, Optional<Path> plugins)
      throws Exception {
    this(folder, yaml, vault, tls, Route.DIRECT, plugins, NOWHERE);
  }

  /** With a server that jobs can call. */
  public Workbench(
      Path folder, String yaml, String vault, SSLContext tls, Optional<Path> plugins, URI server)
      throws Exception {
    this(folder, yaml, vault, tls, Route.DIRECT, plugins, server);
  }

  private Workbench(
      Path folder,
      String yaml,
      String vault,
      SSLContext tls,
      Route route,
      Optional<Path> plugins,
      URI server)
      throws Exception {
    this.folder = folder;
    Problems problems = new Problems();
    this.connectors =
        Connectors.configured(
            new YAMLMapper().readTree(yaml),
            new ConnectorEnvironment(
                instance,
                folder.resolve("work"),
                JobGroups.NONE,
                Duration.ofMillis(300),
                tls,
                route,
                api(server),
                InstantSource.system()),
            Vault.open(vaultFile(folder, vault), new VaultPolicy(false, false)),
            ConnectorProviders.find(plugins, problems),
            problems);
    assertThat(problems.list()).isEmpty();
  }

  /** The problems that a configuration has. */
  public static List<Problems.Problem> problems(Path folder, String yaml) throws Exception {
    Problems problems = new Problems();
    Connectors.configured(
        new YAMLMapper().readTree(yaml),
        new ConnectorEnvironment(
            "agent",
            folder,
            JobGroups.NONE,
            Duration.ofSeconds(1),
            defaultTls(),
            Route.DIRECT,
            api(NOWHERE),
            InstantSource.system()),
        Vault.open(folder.resolve("no-vault"), new VaultPolicy(false, false)),
        ConnectorProviders.find(Optional.empty(), problems),
        problems);
    return problems.list();
  }

  private static SSLContext defaultTls() throws NoSuchAlgorithmException {
    return SSLContext.getDefault();
  }

  private static Path vaultFile(Path folder, String vault) throws Exception {
    Path file = folder.resolve("vault.json");
    Files.writeString(file, vault);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static JobApi api(URI server) {
    return new JobApi(HttpClient::newHttpClient, new TenantHosts(server, Optional.empty()));
  }

  public Workbench withToken(Secret token) {
    this.token = token;
    return this;
  }

  public Workbench withTimeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  public ConnectorOutcome run(String payload) throws InterruptedException {
    return connectors.run(
        new Assignment(
            new JobId(UUID.randomUUID()),
            1,
            new TenantId(UUID.randomUUID()),
            "acme",
            "task",
            (ObjectNode) JSON.readTree(payload),
            timeout,
            token),
        this,
        cancellation,
        Instant.now().plus(timeout));
  }

  public JsonNode completed(String payload) throws InterruptedException {
    ConnectorOutcome outcome = run(payload);
    assertThat(outcome).isInstanceOf(ConnectorOutcome.Completed.class);
    return ((ConnectorOutcome.Completed) outcome).result();
  }

  public ConnectorOutcome.Failed failed(String payload) throws InterruptedException {
    ConnectorOutcome outcome = run(payload);
    assertThat(outcome).isInstanceOf(ConnectorOutcome.Failed.class);
    return (ConnectorOutcome.Failed) outcome;
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  public List<String> lines() {
    return lines;
  }

  public String instance() {
    return instance;
  }

  public Path workFolder() {
    return folder.resolve("work");
  }

  @Override
  public void logLine(LogStream stream, String text) {
    lines.add(stream.wireName() + " " + text);
  }

  @Override
  public void progress(int percent, String message) {
    lines.add(percent + "% " + message);
  }
}
