package dev.muster.domain.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/** Small worlds, narrow enough that everything collides with everything: the same for one seed. */
final class RandomQueue {
  private static final int TENANTS = 4;
  private static final List<String> LABELS = List.of("ldap", "nuclei", "zap");
  private static final List<String> REGIONS = List.of("eu", "us");

  private final Random random;

  RandomQueue(long seed) {
    random = new Random(seed);
  }

  List<QueuedJob> jobs(int count) {
    List<QueuedJob> jobs =
        new ArrayList<>(IntStream.range(0, count).mapToObj(ignored -> job()).toList());
    Collections.shuffle(jobs, random);
    return jobs;
  }

  QueuedJob job() {
    return new QueuedJob(
        new JobId(new UUID(random.nextLong(), random.nextLong())),
        Queue.tenant(random.nextInt(TENANTS)),
        random.nextInt(3) == 0 ? Pool.DEDICATED : Pool.SHARED,
        workerType(),
        Priority.values()[random.nextInt(Priority.values().length)],
        Requirements.of(labels(2), labels(3), region()),
        queuedAt());
  }

  /** Both sides of the ceiling and of the patience, on the boundaries, and equal times. */
  private Instant queuedAt() {
    long micros =
        switch (random.nextInt(4)) {
          case 0 -> random.nextLong(40_000_000L);
          case 1 -> random.nextLong(7_200_000_000L);
          case 2 -> 500_000_000L * random.nextInt(12);
          default -> 1_000_000L * List.of(0, 30, 31, 3000, 3001, 1500).get(random.nextInt(6));
        };
    return Queue.NOW.minusNanos(micros * 1_000);
  }

  private String workerType() {
    return random.nextInt(8) == 0 ? "scan" : "task";
  }

  private String region() {
    return random.nextBoolean() ? null : REGIONS.get(random.nextInt(REGIONS.size()));
  }

  private Set<String> labels(int rarity) {
    return new TreeSet<>(
        LABELS.stream()
            .filter(label -> random.nextInt(rarity + 1) == 0 && random.nextInt(3) != 0)
            .toList());
  }
}
