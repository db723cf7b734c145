package dev.muster.agent.command;

import dev.muster.agent.configuration.AgentConfiguration;
import dev.muster.agent.configuration.ConfigurationReading;
import dev.muster.agent.configuration.EnrolmentSecrets;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.configuration.ServerAddress;
import dev.muster.agent.configuration.Setting;
import dev.muster.agent.configuration.Sources;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.enrolment.StateRefusedException;
import dev.muster.agent.network.CertificateRefusedException;
import dev.muster.agent.network.ClientCertificate;
import dev.muster.agent.network.GrpcChannels;
import dev.muster.agent.network.GrpcEndpoint;
import dev.muster.agent.network.HttpClients;
import dev.muster.agent.network.Trust;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What every command needs first: the configuration, read and found right.
 *
 * @param configuration what the agent was told to be
 * @param secrets with what it may join
 * @param tls whom it believes
 */
record Preparation(AgentConfiguration configuration, EnrolmentSecrets secrets, SSLContext tls) {

  /** Reads everything; notes what is wrong, so that the caller can look for more of it. */
  static Preparation read(CommandSpec command, MusterAgent program, Problems problems) {
    return read(
        SettingOptions.sources(
            command.commandLine().getParseResult(), program.environment(), problems),
        program,
        problems);
  }

  /** The same, where there is no option that could say anything. */
  static Preparation plain(MusterAgent program, Problems problems) {
    return read(SettingsFile.sources(program.environment(), problems), program, problems);
  }

  private static Preparation read(Sources sources, MusterAgent program, Problems problems) {
    AgentConfiguration configuration = ConfigurationReading.read(sources, problems);
    EnrolmentSecrets secrets = EnrolmentSecrets.read(sources, program.input(), problems);
    checkCertificate(configuration.server(), problems);
    return new Preparation(configuration, secrets, tls(configuration.server().caFile(), problems));
  }

  /** Reads everything; fails when anything is wrong. */
  static Preparation read(CommandSpec command, MusterAgent program) {
    Problems problems = new Problems();
    Preparation preparation = read(command, program, problems);
    CommandFailedException.unlessEmpty(problems);
    return preparation;
  }

  /** The state folder; made when it is missing. */
  StateFolder openState() {
    try {
      return StateFolder.open(configuration.state(), configuration.agentIdFile());
    } catch (StateRefusedException refused) {
      throw stateFailure(String.valueOf(refused.getMessage()));
    } catch (IOException unusable) {
      throw stateFailure(
          configuration.state() + " cannot be used: " + DiskFailure.describe(unusable));
    }
  }

  /** A client for the configured server; close it after use. */
  HttpClient client() {
    ServerAddress server = configuration.server();
    if (server.client().isEmpty()) {
      return HttpClients.make(tls, server.route());
    }
    try {
      return HttpClients.make(server.caFile(), server.client().get(), server.route());
    } catch (CertificateRefusedException refused) {
      throw new CommandFailedException(
          ExitCode.CONFIGURATION, setting(refused).key() + ": " + refused.getMessage());
    }
  }

  /**
   * The gRPC connection to the configured server, where the agent speaks it; close it after use.
   */
  Optional<GrpcChannels> channels() {
    Optional<GrpcEndpoint> endpoint = configuration.grpc();
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    ServerAddress server = configuration.server();
    try {
      return Optional.of(
          GrpcChannels.open(
              new GrpcChannels.Way(
                  endpoint.get(), server.route(), server.caFile(), server.client())));
    } catch (CertificateRefusedException refused) {
      throw new CommandFailedException(
          ExitCode.CONFIGURATION, setting(refused).key() + ": " + refused.getMessage());
    }
  }

  static CommandFailedException stateFailure(String message) {
    return new CommandFailedException(ExitCode.STATE, message);
  }

  /** Found before anything else is tried, and together with what else is wrong. */
  private static void checkCertificate(ServerAddress server, Problems problems) {
    try {
      if (server.client().isPresent()) {
        ClientCertificate.read(server.client().get());
      }
    } catch (CertificateRefusedException refused) {
      problems.add(setting(refused).key(), String.valueOf(refused.getMessage()));
    }
  }

  private static Setting setting(CertificateRefusedException refused) {
    return refused.isOfKey() ? Setting.CLIENT_KEY : Setting.CLIENT_CERT;
  }

  private static SSLContext tls(@Nullable Path caFile, Problems problems) {
    try {
      try {
        return Trust.context(caFile);
      } catch (IOException | GeneralSecurityException unusable) {
        problems.add(Setting.CA_FILE.key(), "cannot be read as certificates in PEM");
        return Trust.context(null);
      }
    } catch (IOException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
