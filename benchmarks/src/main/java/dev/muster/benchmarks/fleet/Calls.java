package dev.muster.benchmarks.fleet;

import dev.muster.benchmarks.wire.ClaimedJobs.Job;
import dev.muster.benchmarks.wire.Post;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The calls that are measured, as bytes. */
public final class Calls {
  private static final String JOB =
      "{\"type\":\"scan\",\"payload\":{\"tool\":\"nmap\",\"target\":\"192.0.2.1\"}}";
  private static final String COMPLETED = "\"status\":\"completed\",\"result\":{\"exit\":0}}";

  private Calls() {}

  /** A job of a type that no tool is needed for. */
  public static byte[] submit(Post user) {
    return user.of("/api/v1/platform-jobs", JOB);
  }

  /** Several such jobs. */
  public static byte[] submit(Post user, int jobs) {
    return user.of(
        "/api/v1/platform-jobs/batch",
        "{\"jobs\":[" + String.join(",", Collections.nCopies(jobs, JOB)) + "]}");
  }

  /** A claim of so many jobs that waits so long. */
  public static byte[] claim(Post agent, int jobs, int seconds) {
    return agent.of(
        "/api/v1/platform-agent/jobs/claim",
        "{\"max_jobs\":%d,\"wait_seconds\":%d}".formatted(jobs, seconds));
  }

  /** That a job was done. */
  public static byte[] complete(Post agent, Job job) {
    return agent.of(
        "/api/v1/platform-agent/jobs/" + job.id() + "/status",
        "{\"attempt\":" + job.attempt() + "," + COMPLETED);
  }

  /** That several jobs were done. */
  public static byte[] complete(Post agent, List<Job> jobs) {
    return agent.of(
        "/api/v1/platform-agent/jobs/status",
        jobs.stream()
            .map(job ->
                "{\"id\":\"" + job.id() + "\",\"attempt\":" + job.attempt() + "," + COMPLETED)
            .collect(Collectors.joining(",", "{\"reports\":[", "]}")));
  }

  /** What a real agent sends every third of a lease. */
  public static byte[] heartbeat(Post agent) {
    return agent.of("/api/v1/platform-agent/heartbeat", "{\"active_jobs\":[]}");
  }
}
