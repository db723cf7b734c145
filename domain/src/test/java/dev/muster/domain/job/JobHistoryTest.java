package dev.muster.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.AgentId;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to a job, in whatever order: these hold after every step. */
class JobHistoryTest {
  private static final int STEPS = 60;

  @Property(tries = 2_000)
  void no_history_breaks_the_rules(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int maxAttempts) {
    Random random = new Random(seed);
    Job job = SampleJobs.queued(maxAttempts);
    Instant now = SampleJobs.START;
    int completions = 0;
    for (int step = 0; step < STEPS; step++) {
      now = now.plusSeconds(random.nextInt(90));
      Job before = job;
      if (random.nextInt(3) == 0 && before.status() == JobStatus.QUEUED) {
        job = before.assignedTo(anyAgent(random), now, now.plus(SampleJobs.LEASE));
        assertThat(job.attempt()).isEqualTo(before.attempt() + 1);
      } else {
        Transition transition = anything(before, random, now);
        job = before.after(transition, now);
        if (transition instanceof Transition.Stay && random.nextInt(4) == 0) {
          job = job.cancelRequested(now);
        }
        completions += completes(transition) ? 1 : 0;
        assertAllowed(before, transition, job);
      }
      assertConsistent(job);
    }
    assertThat(completions).isLessThanOrEqualTo(1);
  }

  @Property(tries = 2_000)
  void a_report_with_another_fence_or_from_another_agent_is_always_stale(
      @ForAll long seed, @ForAll boolean wrongAgent) {
    Random random = new Random(seed);
    Job job = SampleJobs.queued(3);
    Instant now = SampleJobs.START;
    for (int step = 0; step < STEPS; step++) {
      now = now.plusSeconds(random.nextInt(90));
      job =
          job.status() == JobStatus.QUEUED && random.nextBoolean()
              ? job.assignedTo(SampleJobs.AGENT, now, now.plus(SampleJobs.LEASE))
              : job.after(anything(job, random, now), now);
      AgentId agent = wrongAgent ? SampleJobs.OTHER_AGENT : SampleJobs.AGENT;
      int attempt = wrongAgent ? job.attempt() : job.attempt() - 1 - random.nextInt(3);
      assertThat(JobLifecycle.onReport(job, agent, attempt, anyReport(random), now, 0))
          .isEqualTo(new Transition.Stale());
    }
  }

  private static void assertAllowed(Job before, Transition transition, Job after) {
    switch (transition) {
      case Transition.Repeat ignored -> assertThat(after).isEqualTo(before);
      case Transition.Stale ignored -> assertThat(after).isEqualTo(before);
      case Transition.Stay ignored -> assertThat(after.status()).isEqualTo(before.status());
      case Transition.Start ignored -> assertThat(before.status()).isEqualTo(JobStatus.ASSIGNED);
      case Transition.Renew ignored -> assertThat(before.status().isFinal()).isTrue();
      case Transition.End ignored -> assertThat(before.status().isFinal()).isFalse();
      case Transition.Requeue ignored -> {
        assertThat(before.status().isLeased()).isTrue();
        assertThat(before.cancelRequestedAt()).as("a cancelled job comes back").isNull();
        assertThat(after.queuedAt()).isEqualTo(before.queuedAt());
      }
    }
    assertThat(after.attempt()).isEqualTo(before.attempt());
  }

  private static void assertConsistent(Job job) {
    assertThat(job.attemptsUsed()).isBetween(0, job.spec().maxAttempts());
    assertThat(job.leaseExpiresAt() != null).isEqualTo(job.status().isLeased());
    assertThat(job.assignedAt() != null).isEqualTo(job.status().isLeased());
    assertThat(job.finishedAt() != null).isEqualTo(job.status().isFinal());
    if (job.status() == JobStatus.QUEUED) {
      assertThat(job.hasBudget()).as("a queued job has an attempt left").isTrue();
    }
    if (job.status() == JobStatus.COMPLETED) {
      assertThat(job.result()).isNotNull();
    }
  }

  private static Transition anything(Job job, Random random, Instant now) {
    return switch (random.nextInt(12)) {
      case 0 -> JobLifecycle.onLeaseLost(job, now);
      case 1 -> JobLifecycle.onRunTimeout(job);
      case 2 -> JobLifecycle.onCancelRequest(job);
      case 3 -> JobLifecycle.onCancelDeadline(job);
      case 4 -> JobLifecycle.onQueueTimeout(job);
      case 5 -> JobLifecycle.onRetryByPerson(job);
      case 6 -> JobLifecycle.onWithdrawn(job, now);
      default ->
          JobLifecycle.onReport(
              job,
              anyAgent(random),
              Math.max(0, job.attempt() - random.nextInt(2)),
              anyReport(random),
              now,
              random.nextDouble(-1, 1));
    };
  }

  private static Report anyReport(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Report.Completed("{\"n\":" + random.nextInt(2) + "}");
      case 1 -> new Report.Failed(new JobError("tool_failed", ""), true);
      case 2 -> new Report.Failed(new JobError("tool_failed", ""), false);
      case 3 -> new Report.Cancelled();
      case 4 -> new Report.Released();
      default -> new Report.Running(new Progress(random.nextInt(101), null));
    };
  }

  private static AgentId anyAgent(Random random) {
    return random.nextInt(4) == 0 ? SampleJobs.OTHER_AGENT : SampleJobs.AGENT;
  }

  private static boolean completes(Transition transition) {
    return transition instanceof Transition.End end && end.status() == JobStatus.COMPLETED;
  }
}
