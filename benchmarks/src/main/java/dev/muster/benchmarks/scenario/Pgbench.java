package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.outside.Command;
import dev.muster.outside.UnexpectedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The floor below any queue in PostgreSQL: pgbench, with statements in plain SQL. */
public final class Pgbench implements Scenario {
  private static final String DATABASE = "floor";
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial.*");
  private static final int FEW_JOBS = 2_000;
  private static final int MANY_JOBS = 1_000_000;
  private static final int FIFTY = 50;
  private static final int CONNECTIONS = 16;
  private static final int BATCH_CONNECTIONS = 4;

  @Override
  public void measure(Run run) throws Exception {
    measure(run, Figure.PGBENCH_INSERT, "insert", FEW_JOBS, CONNECTIONS, 1);
    measure(run, Figure.PGBENCH_SINGLE, "single", FEW_JOBS, CONNECTIONS, 1);
    measure(run, Figure.PGBENCH_CLAIM, "claim", MANY_JOBS, CONNECTIONS, 1);
    measure(run, Figure.PGBENCH_FIFTIES, "fifties", MANY_JOBS, BATCH_CONNECTIONS, FIFTY);
  }

  private void measure(
      Run run, Figure figure, String script, int jobs, int connections, int jobsEach)
      throws Exception {
    run.databases().create(DATABASE);
    run.databases()
        .execute(
            DATABASE,
            resource("schema"),
            resource("fill").formatted(jobs),
            "VACUUM ANALYZE floor_jobs",
            "CHECKPOINT");
    run.note(figure, jobsEach * transactions(run, script, connections), "");
    run.databases().drop(DATABASE);
  }

  private static double transactions(Run run, String script, int connections)
      throws IOException, InterruptedException {
    EmbeddedPostgres postgres = run.databases().postgres();
    DatabaseLogin root = postgres.superuser();
    Path file = run.workshop().file(script + ".sql");
    Files.writeString(file, resource(script));
    List<String> lines =
        Command.output(
            run.workshop().file("."),
            List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-j",
                "1",
                "-c",
                String.valueOf(connections),
                "-T",
                String.valueOf(run.duration().toSeconds()),
                "-f",
                file.toString(),
                "-h",
                postgres.host(),
                "-p",
                String.valueOf(postgres.port()),
                "-U",
                root.user(),
                DATABASE),
            Map.of("PGPASSWORD", root.password().reveal()),
            run.workshop().file("pgbench-" + script + ".log"),
            run.duration().plus(Duration.ofSeconds(30)));
    return lines.stream()
        .map(RATE::matcher)
        .filter(Matcher::matches)
        .mapToDouble(rate -> Double.parseDouble(rate.group(1)))
        .findFirst()
        .orElseThrow(() -> new UnexpectedException("pgbench says nothing: " + lines));
  }

  private static String resource(String script) throws IOException {
    try (InputStream in = Pgbench.class.getResourceAsStream("/floor/" + script + ".sql")) {
      if (in == null) {
        throw new IOException("no script " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
