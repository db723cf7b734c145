package dev.muster.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.fake.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Jobs through the tar.gz, whose Java has only those modules that somebody thought of: what a
 * sandbox, TLS of every kind and a directory need has to be among them.
 */
class PackagedJobsIT {
  private static final Path TARBALL = Path.of("target/muster-agent-linux.tar.gz").toAbsolutePath();
  private static final String SCRIPT = "018f0000-0000-7000-8000-000000000001";
  private static final String SEARCH = "018f0000-0000-7000-8000-000000000002";
  private static final Duration LONGEST = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void the_packages_own_java_runs_scripts_and_searches_directories_behind_tls() throws Exception {
    unpack();
    PrivateAuthority authority = new PrivateAuthority(folder);
    InMemoryDirectoryServer directory = directory(authority);
    try (FakeServer server = new FakeServer(new HttpsConfigurator(authority.server()))) {
      server.registration(
          """
          {"agent": {"id": "018f0000-0000-7000-8000-0000000000aa"},
           "api_key": "mst_agent_KEY", "update_key": "00ff"}\
          """);
      configure(directory.getListenPort("ldaps"));
      Process agent = start(server, authority);
      try {
        server.submit(
            SCRIPT,
            """
            {"connector": "script", "config": {"of": ["ä", "b"]}, "source": "log('begun');\
             return [config.of.sort().reverse().join('').normalize('NFD').toUpperCase(),\
             /b+/.test('abb'), new Date(0).toISOString(), 0.1 + 0.2]"}
            """);
        server.submit(
            SEARCH,
            """
            {"connector": "ldap", "server": "corporate", "operation": "search",
             "base": "dc=example,dc=com", "filter": "(cn=grace)", "attributes": ["sn"]}
            """);

        assertThat(result(server, SCRIPT).path("value").toString())
            .isEqualTo("[\"A\u0308B\",true,\"1970-01-01T00:00:00.000Z\",0.30000000000000004]");
        assertThat(result(server, SEARCH).at("/entries/0/attributes/sn/0").asString())
            .isEqualTo("Hopper");
      } finally {
        agent.destroy();
        if (!agent.waitFor(60, TimeUnit.SECONDS)) {
          agent.descendants().forEach(ProcessHandle::destroyForcibly);
          agent.destroyForcibly();
        }
      }
      assertThat(agent.exitValue()).as(log()).isZero();
    } finally {
      directory.shutDown(true);
    }
  }

  private void unpack() throws Exception {
    Shell.Ended unpacked =
        Shell.run(
            System.getenv(),
            folder.resolve("tar.out"),
            "tar",
            "-xzf",
            TARBALL.toString(),
            "--one-top-level=" + folder.resolve("package"),
            "--strip-components=1");
    assertThat(unpacked.code()).as(unpacked.output()).isZero();
  }

  private static InMemoryDirectoryServer directory(PrivateAuthority authority) throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPSConfig(
            "ldaps", 0, authority.server().getServerSocketFactory()));
    InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config);
    directory.add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
    directory.add(
        "dn: cn=grace,dc=example,dc=com", "objectClass: person", "cn: grace", "sn: Hopper");
    directory.startListening();
    return directory;
  }

  private void configure(int ldaps) throws Exception {
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        connectors:
          script: {heap-mebibytes: 32}
          ldap:
            servers:
              corporate: {url: "ldaps://localhost:%d", bases: ["dc=example,dc=com"]}
        """
            .formatted(ldaps));
  }

  private Process start(FakeServer server, PrivateAuthority authority) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("package/bin/muster-agent").toString(), "run")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                "/usr/bin:/bin",
                "BACKEND_URL",
                server.urlOf("https", "localhost").toString(),
                "MUSTER_CA_FILE",
                authority.certificate().toString(),
                "MUSTER_STATE",
                folder.resolve("state").toString(),
                "MUSTER_AGENT_CONFIG",
                folder.resolve("agent.yaml").toString(),
                "MUSTER_BOOTSTRAP_TOKEN",
                "abcdef.0123456789abcdef",
                "AGENT_NAME",
                "packaged"));
    return builder.start();
  }

  private JsonNode result(FakeServer server, String job) throws InterruptedException {
    Awaiting.until("the end of " + job, LONGEST, () -> !ends(server, job).isEmpty());
    JsonNode end = ends(server, job).getFirst().body();
    assertThat(end.path("status").asString()).as(end + log()).isEqualTo("completed");
    return end.path("result");
  }

  private static List<Seen> ends(FakeServer server, String job) {
    return server.seen("status").stream()
        .filter(seen -> seen.path().contains(job))
        .filter(seen -> !seen.body().path("status").asString("").equals("running"))
        .toList();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
