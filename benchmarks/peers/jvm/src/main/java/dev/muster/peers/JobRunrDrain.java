package dev.muster.peers;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr with as many workers as it chooses itself, and the shortest pause between polls that it allows. */
final class JobRunrDrain implements Peer.Drain {
  private static final int BATCH = 1_000;
  private static volatile CountDownLatch left = new CountDownLatch(0);

  private final StorageProvider storage;
  private int succeeded;

  JobRunrDrain(DataSource database) {
    this.storage = new PostgresStorageProvider(database);
  }

  /** A job. */
  public record Scan(String target) implements JobRequest {
    @Override
    public Class<ScanHandler> getJobRequestHandler() {
      return ScanHandler.class;
    }
  }

  /** Does it in no time. */
  public static final class ScanHandler implements JobRequestHandler<Scan> {
    @Override
    public void run(Scan scan) {
      left.countDown();
    }
  }

  @Override
  public double once(int jobs) throws Exception {
    left = new CountDownLatch(jobs);
    JobRequestScheduler scheduler =
        JobRunr.configure()
            .useStorageProvider(storage)
            .useBackgroundJobServer(
                usingStandardBackgroundJobServerConfiguration()
                    .andPollInterval(Duration.ofSeconds(5)),
                false)
            .initialize()
            .getJobRequestScheduler();
    for (int at = 0; at < jobs; at += BATCH) {
      scheduler.enqueue(IntStream.range(0, BATCH).mapToObj(n -> new Scan("192.0.2.1")));
    }
    succeeded += jobs;
    long begin = System.nanoTime();
    JobRunr.getBackgroundJobServer().start();
    left.await();
    while (storage.getJobStats().getSucceeded() < succeeded
        && storage.countJobs(StateName.SUCCEEDED) < succeeded) {
      Thread.sleep(1);
    }
    double rate = jobs * 1e9 / (System.nanoTime() - begin);
    JobRunr.getBackgroundJobServer().stop();
    return rate;
  }
}
