package dev.muster.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What processes have cost so far, from {@code /proc}. */
public final class Processes {
  private static final double TICKS_A_SECOND = 100;
  private static final int FIRST_AFTER_NAME = 2;
  private static final int UTIME = 14;

  private Processes() {}

  /**
   * Seconds of processor time.
   *
   * @param driver of this process
   * @param server of the server's
   * @param postgres of PostgreSQL's, all of them
   */
  public record Cpu(double driver, double server, double postgres) {
    /** What was spent since an earlier look, as shares of one core. */
    public String since(Cpu earlier, double seconds) {
      return String.format(
          Locale.ROOT,
          "cores: driver %.2f, server %.2f, postgres %.2f",
          (driver - earlier.driver) / seconds,
          (server - earlier.server) / seconds,
          (postgres - earlier.postgres) / seconds);
    }
  }

  /**
   * Looks now.
   *
   * @param postgres the folder of the embedded PostgreSQL
   */
  public static Cpu cpu(long server, Path postgres) throws IOException {
    return new Cpu(seconds(ProcessHandle.current().pid()), seconds(server), ofPostgres(postgres));
  }

  /** Seconds that a process has used itself. */
  public static double seconds(long pid) throws IOException {
    return ticks(pid, 2) / TICKS_A_SECOND;
  }

  /** What a process keeps in memory, in MiB. */
  public static double residentMib(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS of " + pid);
  }

  /** The postmaster with what its ended children have used, and those that live. */
  private static double ofPostgres(Path folder) throws IOException {
    Path pidFile = folder.resolve("data").resolve("postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    double ticks = ticks(postmaster, 4);
    for (ProcessHandle child : ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
      try {
        ticks += ticks(child.pid(), 2);
      } catch (IOException ended) {
        // It counts as the postmaster's from now on; this look misses it.
        continue;
      }
    }
    return ticks / TICKS_A_SECOND;
  }

  /** Fields 14 (own, user) to 17 (of ended children, system), as many as asked for. */
  private static double ticks(long pid, int fields) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    String[] after = stat.substring(stat.lastIndexOf(')') + FIRST_AFTER_NAME).split(" ");
    double ticks = 0;
    for (int field = UTIME; field < UTIME + fields; field++) {
      ticks += Long.parseLong(after[field - 3]);
    }
    return ticks;
  }
}
