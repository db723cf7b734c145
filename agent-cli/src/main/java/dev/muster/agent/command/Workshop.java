package dev.muster.agent.command;

import dev.muster.agent.api.JobApi;
import dev.muster.agent.configuration.AgentConfiguration;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.connector.ConnectorEnvironment;
import dev.muster.agent.connector.ConnectorProviders;
import dev.muster.agent.connector.Connectors;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.process.JobGroups;
import dev.muster.agent.vault.Vault;
import dev.muster.agent.vault.VaultPolicy;
import dev.muster.agent.vault.VaultRefusedException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Opens the vault and makes the connectors, as the configuration has them. */
final class Workshop {
  private Workshop() {}

  /** The connectors, to see what is wrong with their configuration; they run no job. */
  static Connectors connectors(
      Preparation preparation, UUID instance, Vault vault, Problems problems) {
    return connectors(preparation, instance, vault, Workshop::noClient, problems);
  }

  private static HttpClient noClient() {
    throw new IllegalStateException("no job runs here");
  }

  /**
   * The connectors; notes what is wrong with their configuration.
   *
   * @param client reaches the server; asked for when a job makes a call
   */
  static Connectors connectors(
      Preparation preparation,
      UUID instance,
      Vault vault,
      Supplier<HttpClient> client,
      Problems problems) {
    AgentConfiguration configuration = preparation.configuration();
    ConnectorEnvironment environment =
        new ConnectorEnvironment(
            instance.toString(),
            StateFolder.workFolder(configuration.state()),
            JobGroups.find(instance.toString()),
            configuration.times().cancelGrace(),
            preparation.tls(),
            configuration.server().route(),
            new JobApi(client, configuration.server().tenantHosts()),
            InstantSource.system());
    return Connectors.configured(
        configuration.connectors(),
        environment,
        vault,
        ConnectorProviders.find(configuration.plugins(), problems),
        problems);
  }

  /** The vault; fails where it is refused. */
  static Vault vault(Preparation preparation, Optional<Identity> identity) {
    Path file = preparation.configuration().vault().file();
    try {
      return Vault.open(file, policy(preparation, identity));
    } catch (VaultRefusedException refused) {
      throw new CommandFailedException(ExitCode.VAULT, String.valueOf(refused.getMessage()));
    } catch (IOException unreadable) {
      throw new CommandFailedException(
          ExitCode.VAULT, file + " cannot be read: " + DiskFailure.describe(unreadable));
    }
  }

  /** What is wrong with the vault; empty if nothing is. */
  static String vaultProblem(Preparation preparation, Optional<Identity> identity) {
    try {
      vault(preparation, identity);
      return "";
    } catch (CommandFailedException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  /** An agent serves several tenants unless it belongs to one, or is told to serve only one. */
  private static VaultPolicy policy(Preparation preparation, Optional<Identity> identity) {
    boolean dedicated =
        identity.map(Identity::dedicated).orElse(!preparation.secrets().areOfPlatform());
    boolean anyTenant = preparation.configuration().offer().tenant().equals("*");
    return new VaultPolicy(
        preparation.configuration().vault().allowUnbound(), anyTenant && !dedicated);
  }
}
