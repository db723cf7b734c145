package dev.muster.agent.connector.exec;

import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorEnvironment;
import dev.muster.agent.connector.ConnectorProvider;
import dev.muster.agent.connector.ConnectorSettings;
import java.util.HashMap;
import java.util.Map;

/** Makes the {@code exec} connector. */
public final class ExecConnectorProvider implements ConnectorProvider {
  static final String NAME = "exec";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Connector create(ConnectorSettings settings, ConnectorEnvironment environment) {
    Map<String, Tool> tools = new HashMap<>();
    settings
        .children("tools")
        .forEach((name, tool) -> {
          try (tool) {
            tools.put(name, ToolReader.read(name, tool));
          }
        });
    return new ExecConnector(tools, environment);
  }
}
