package dev.muster.agent.connector;

/**
 * Makes a connector from its part of the configuration. Found by {@link java.util.ServiceLoader},
 * so that a jar on the plugin path can bring its own.
 */
public interface ConnectorProvider {
  /** The connector's name, and its key under {@code connectors}. */
  String name();

  /**
   * Makes the connector. Problems are noted in the settings, not thrown; a connector made with
   * problems is never run.
   */
  Connector create(ConnectorSettings settings, ConnectorEnvironment environment);
}
