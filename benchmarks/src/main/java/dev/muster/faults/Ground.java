package dev.muster.faults;

import dev.muster.benchmarks.fleet.Databases;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.outside.Api;
import dev.muster.outside.UnexpectedException;
import dev.muster.outside.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * What the runs of one scenario share: replicas over one database that is recorded, and agents that
 * are enrolled. Runs add tenants of their own. After a run that failed a new one is needed.
 */
final class Ground implements AutoCloseable {
  private static final int MOST_SLOTS = 4;

  private final Path folder;
  private final String database;
  private final Size size;
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Enrolled> agents = new ArrayList<>();
  private final EmbeddedPostgres postgres;

  /** An agent with its key. */
  record Enrolled(UUID id, String key, int slots) {}

  private Ground(Path folder, String database, Size size) {
    this.size = size;
    this.folder = folder;
    this.database = database;
    this.postgres = EmbeddedPostgres.start(folder);
  }

  /**
   * How much there is of everything.
   *
   * @param leaseSeconds short, so that runs are short; longer where many agents renew theirs
   */
  record Size(int replicas, int agents, int leaseSeconds) {}

  /** Starts it all. */
  static Ground open(Workshop workshop, String name, Size size) throws Exception {
    Ground ground = new Ground(workshop.file("postgres"), name.replace('-', '_'), size);
    // Ctrl-C ends this program by its hooks alone.
    Runtime.getRuntime().addShutdownHook(new Thread(ground::close));
    try {
      ground.databases().create(ground.database);
      for (int i = 0; i < size.replicas(); i++) {
        ground.replicas.add(
            Replica.on(workshop, name + "-" + i, ground.postgres, ground.database, size));
      }
      for (Replica replica : ground.replicas) {
        replica.ready();
      }
      ground.prepare();
      return ground;
    } catch (Exception failure) {
      ground.close();
      throw failure;
    }
  }

  private void prepare() throws SQLException {
    try (Connection connection = connect()) {
      HistoryTables.make(connection);
    }
    Api operator = replicas.getFirst().operator();
    plan(operator, "free", 2, 2);
    plan(operator, "starter", 5, 5);
    plan(operator, "pro", 8, 10);
    IntStream.range(0, size.agents())
        .parallel()
        .mapToObj(number -> enrol(operator, number))
        .forEachOrdered(agents::add);
  }

  private static Enrolled enrol(Api operator, int number) {
    int slots = 1 + number % MOST_SLOTS;
    JsonNode enrolled =
        operator.post(
            "/api/v1/admin/platform-agents",
            "{\"name\": \"agent-%d\", \"max_concurrent\": %d}".formatted(number, slots));
    return new Enrolled(
        UUID.fromString(enrolled.path("agent").path("id").asString()),
        enrolled.path("api_key").asString(),
        slots);
  }

  private static void plan(Api operator, String name, int cap, int weight) {
    operator.put(
        "/api/v1/admin/plans/" + name,
        "{\"max_concurrent_jobs\": %d, \"max_queue_size\": 100000, \"weight\": %d}"
            .formatted(cap, weight));
  }

  Size size() {
    return size;
  }

  List<Replica> replicas() {
    return replicas;
  }

  List<Enrolled> agents() {
    return agents;
  }

  List<String> urls() {
    return replicas.stream().map(Replica::url).toList();
  }

  /** A connection that may do everything. */
  Connection connect() throws SQLException {
    return databases().connect(database);
  }

  private Databases databases() {
    return new Databases(postgres);
  }

  /** SIGKILL for PostgreSQL's first process, which is then started again within a second. */
  void killPostgres() throws IOException {
    long pid =
        Long.parseLong(
            Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip());
    ProcessHandle.of(pid)
        .orElseThrow(() -> new UnexpectedException("PostgreSQL does not run"))
        .destroyForcibly();
  }

  /** Whoever comes second waits: the program must not end before PostgreSQL has. */
  @Override
  public synchronized void close() {
    replicas.forEach(Replica::close);
    postgres.close();
  }
}
