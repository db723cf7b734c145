package dev.muster.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Several servers on one database. */
final class Cluster implements AutoCloseable {
  private final List<ServerProcess> servers;

  private Cluster(List<ServerProcess> servers) {
    this.servers = List.copyOf(servers);
  }

  /** Starts all at the same moment on an empty database, as a deployment does. */
  static Cluster start(
      Workshop workshop, int size, TestDatabase database, Map<String, String> settings)
      throws Exception {
    List<ServerProcess.Starting> starting = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      starting.add(
          ServerProcess.launch(
              workshop.file("server-" + i + ".log"), List.of(database.environment(), settings)));
    }
    List<ServerProcess> servers = new ArrayList<>();
    try {
      for (ServerProcess.Starting each : starting) {
        servers.add(each.ready());
      }
    } finally {
      if (servers.size() < size) {
        for (ServerProcess.Starting each : starting) {
          each.program().close();
        }
      }
    }
    return new Cluster(servers);
  }

  /** One of them; numbers beyond the last begin again. */
  ServerProcess server(int number) {
    return servers.get(number % servers.size());
  }

  @Override
  public void close() throws Exception {
    for (ServerProcess server : servers) {
      server.close();
    }
  }
}
