package dev.muster.agent.configuration;

import dev.muster.agent.network.GrpcEndpoint;
import dev.muster.tracing.TracingSettings;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the agent was told to be. Immutable, apart from the connectors' part, which nobody changes.
 *
 * @param server the server and the way to it
 * @param grpc where the server speaks gRPC; empty where the agent polls over HTTP
 * @param offer what the agent offers to do
 * @param times how long things may take
 * @param vault the local vault
 * @param update how it becomes another version of itself
 * @param state the folder with identity and credential
 * @param agentIdFile the UUID of this installation
 * @param connectors what a job may do here; read by the connectors themselves
 * @param plugins the folder with jars that bring connectors; empty for none
 * @param tracing what is traced, and where it goes; empty where nothing is
 */
public record AgentConfiguration(
    ServerAddress server,
    Optional<GrpcEndpoint> grpc,
    Offer offer,
    Times times,
    VaultSettings vault,
    UpdateSettings update,
    Path state,
    Path agentIdFile,
    JsonNode connectors,
    Optional<Path> plugins,
    Optional<TracingSettings> tracing) {

  /**
   * The local vault.
   *
   * @param file where it is
   * @param allowUnbound whether secrets may be used that are bound to no target
   */
  public record VaultSettings(Path file, boolean allowUnbound) {}
}
