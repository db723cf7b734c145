package dev.muster.agent.connector;

import dev.muster.agent.configuration.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Everything that can make a connector: the agent's own, and those of its plug-ins. */
public record ConnectorProviders(Map<String, ConnectorProvider> byName) {
  /** Copies the map. */
  public ConnectorProviders {
    byName = Map.copyOf(byName);
  }

  /**
   * Finds them; what is wrong is noted, a name that is taken twice included.
   *
   * @param plugins the folder of the plug-ins' jars; empty for none
   */
  public static ConnectorProviders find(Optional<Path> plugins, Problems problems) {
    List<ConnectorProvider> all = new ArrayList<>();
    ServiceLoader.load(ConnectorProvider.class, ConnectorProviders.class.getClassLoader())
        .forEach(all::add);
    plugins.ifPresent(folder -> all.addAll(brought(folder, problems)));
    Map<String, ConnectorProvider> byName = new TreeMap<>();
    for (ConnectorProvider provider : all) {
      if (byName.putIfAbsent(provider.name(), provider) != null) {
        problems.add("plugins", "there are two connectors of the name " + provider.name());
      }
    }
    return new ConnectorProviders(byName);
  }

  private static List<ConnectorProvider> brought(Path folder, Problems problems) {
    try {
      return new PluginFolder(folder, PluginFolder.currentUser(), problems).providers();
    } catch (IOException impossible) {
      problems.add("plugins", "cannot tell who this agent runs as");
      return List.of();
    }
  }
}
