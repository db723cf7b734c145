package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.api.JobApi;
import dev.muster.agent.configuration.AgentConfiguration;
import dev.muster.agent.configuration.ConfigurationFile;
import dev.muster.agent.configuration.ConfigurationReading;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.configuration.Sources;
import dev.muster.agent.connector.ConnectorEnvironment;
import dev.muster.agent.connector.ConnectorProviders;
import dev.muster.agent.connector.Connectors;
import dev.muster.agent.network.Route;
import dev.muster.agent.process.JobGroups;
import dev.muster.agent.vault.Vault;
import dev.muster.agent.vault.VaultPolicy;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  @TempDir private Path folder;

  @Test
  void the_example_configuration_is_a_good_one() throws Exception {
    Problems problems = new Problems();
    AgentConfiguration example =
        ConfigurationReading.read(
            new Sources(
                Map.of(),
                Map.of("AGENT_NAME", "a1"),
                ConfigurationFile.read(Path.of("agent.example.yaml"), problems)),
            problems);
    Connectors connectors =
        Connectors.configured(
            example.connectors(),
            new ConnectorEnvironment(
                "a1",
                folder,
                JobGroups.NONE,
                Duration.ZERO,
                SSLContext.getDefault(),
                Route.DIRECT,
                new JobApi(HttpClient::newHttpClient, example.server().tenantHosts()),
                InstantSource.system()),
            Vault.open(folder.resolve("vault"), new VaultPolicy(false, true)),
            ConnectorProviders.find(example.plugins(), problems),
            problems);

    assertThat(problems.list()).isEmpty();
    assertThat(connectors.names()).containsExactlyInAnyOrder("exec", "http", "ldap", "script");
    assertThat(example.server().url().getHost()).isEqualTo("muster.example.com");
  }
}
