package dev.muster.agent.vault;

import java.util.List;
import java.util.Map;

/** Where a secret is about to go. An entry of the vault says to which of these it may. */
public sealed interface SecretTarget {
  /**
   * A server.
   *
   * @param scheme lower case, {@code https}
   * @param host lower case name, or an address without brackets
   * @param port the port, never implied by the scheme
   */
  record Host(String scheme, String host, int port) implements SecretTarget {}

  /**
   * A program on this host.
   *
   * @param name its name in the configuration
   * @param parameters the job's parameters; one value for a plain one, several for a list
   */
  record Tool(String name, Map<String, List<String>> parameters) implements SecretTarget {
    /** Copies the parameters. */
    public Tool {
      parameters = Map.copyOf(parameters);
    }
  }
}
