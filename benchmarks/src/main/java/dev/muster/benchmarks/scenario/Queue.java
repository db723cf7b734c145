package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.fleet.Calls;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.fleet.Tenants;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import dev.muster.benchmarks.wire.Volley;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Fills queues over the API, while nobody takes anything. */
final class Queue {
  private static final int TENANTS = 20;
  private static final int CONNECTIONS = 4;
  private static final int BATCH = 250;

  private final RunningServer server;
  private final List<Post> users;

  private Queue(RunningServer server, List<Post> users) {
    this.server = server;
    this.users = users;
  }

  static Queue of(RunningServer server) {
    return new Queue(server, Tenants.make(server.operator(), TENANTS));
  }

  /** Submits jobs in batches, in turn for each tenant. */
  void fill(int jobs) throws IOException {
    try (EventLoop loop = EventLoop.open()) {
      List<Connection> connections = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(loop.connect(server.port()));
      }
      List<byte[]> requests = users.stream().map(user -> Calls.submit(user, BATCH)).toList();
      Volley.send(
          loop,
          connections,
          jobs / BATCH,
          number -> requests.get(number % requests.size()),
          (number, answer) -> {});
    }
  }
}
