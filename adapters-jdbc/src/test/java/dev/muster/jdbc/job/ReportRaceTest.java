package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Progress;
import dev.muster.domain.job.Report;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.job.JobChange;
import dev.muster.ports.out.job.JobDirectory.Ref;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many who report, cancel and recover the same attempts at once, in batches, on a real database.
 */
class ReportRaceTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int REPORTERS = 12;
  private static final int TIMES = 3;
  private static final int BATCH = 20;
  private static final Report DONE = new Report.Completed("{\"ok\": true}");

  private final List<Agent> agents = new ArrayList<>();
  private final List<Tenant> tenants = new ArrayList<>();
  private final List<Job> jobs = new ArrayList<>();
  private final Queue<JobId> completed = new ConcurrentLinkedQueue<>();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  @BeforeEach
  void aFullHouse() {
    IntStream.range(0, 4).forEach(i -> agents.add(agent(50)));
    IntStream.range(0, 6).forEach(i -> tenants.add(tenant(PlanName.ENTERPRISE)));
    for (int i = 0; i < 120; i++) {
      jobs.add(leased(tenants.get(i % tenants.size()), agents.get(i % agents.size())));
    }
  }

  @Test
  void each_attempt_that_many_report_completed_at_once_completes_exactly_once() {
    Race.of(
        REPORTERS,
        reporter -> {
          for (int time = 0; time < TIMES; time++) {
            inBatches(new Random(reporter * 31L + time), batch -> report(batch, DONE));
          }
          return null;
        });

    assertThat(completed).hasSize(jobs.size()).doesNotHaveDuplicates();
    assertThat(jobs)
        .allSatisfy(job -> {
          assertThat(stored(job).status()).isEqualTo(JobStatus.COMPLETED);
          assertThat(attempts(job)).extracting(Attempt::outcome).containsExactly("completed");
        });
    assertNothingIsCounted();
  }

  @Test
  void progress_completions_cancels_and_lost_leases_at_once_leave_true_counters() {
    Race.of(
        REPORTERS,
        actor -> {
          Random random = new Random(actor);
          switch (actor % 4) {
            case 0 -> inBatches(random, batch -> report(batch, DONE));
            case 1 -> inBatches(random, batch -> report(batch, progress(random)));
            case 2 -> inBatches(random, batch -> batch.forEach(this::loseLease));
            default -> inBatches(random, batch -> batch.forEach(this::renewLease));
          }
          return null;
        });

    assertThat(completed).isNotEmpty().doesNotHaveDuplicates();
    CountersCheck.assertTrue(STORAGE);
  }

  @Test
  void reports_of_an_attempt_that_was_taken_away_change_nothing() {
    List<Job> second = new ArrayList<>();
    for (Job job : jobs) {
      Job back = requeue(job, NOW);
      second.add(
          assign(back, agents.getFirst(), null).stream()
              .findFirst()
              .map(l -> l.job())
              .orElse(back));
    }

    Race.of(
        REPORTERS,
        reporter -> {
          inBatches(
              new Random(reporter), batch -> report(batch, new Report.Failed(error(), false)));
          return null;
        });

    assertThat(second)
        .filteredOn(job -> job.attempt() == 2)
        .isNotEmpty()
        .allSatisfy(job -> assertThat(stored(job)).isEqualTo(job));
    CountersCheck.assertTrue(STORAGE);
  }

  private static JobError error() {
    return new JobError("late", "too late");
  }

  private static Report progress(Random random) {
    return new Report.Running(new Progress(random.nextInt(100), null));
  }

  /** Every job once, in an order of one's own, so that locks are wanted in every order. */
  private void inBatches(Random random, Consumer<List<Job>> work) {
    List<Job> shuffled = new ArrayList<>(jobs);
    Collections.shuffle(shuffled, random);
    for (int from = 0; from < shuffled.size(); from += BATCH) {
      work.accept(shuffled.subList(from, Math.min(shuffled.size(), from + BATCH)));
    }
  }

  /** As the server does: lock, decide, replace. Each speaks for the first attempt's agent. */
  private void report(List<Job> batch, Report report) {
    List<JobId> ended =
        storage()
            .transactions()
            .acrossTenants(() -> {
              Map<JobId, Job> first = new ConcurrentHashMap<>();
              batch.forEach(job -> first.put(job.id(), job));
              List<Ref> refs = storage().batches().find(first.keySet());
              List<JobChange> changes =
                  storage().batches().lock(refs).stream()
                      .flatMap(job -> decided(job, first.get(job.id()), report).stream())
                      .toList();
              storage().batches().replace(changes);
              return changes.stream()
                  .filter(change -> change.after().status() == JobStatus.COMPLETED)
                  .map(change -> change.after().id())
                  .toList();
            });
    completed.addAll(ended);
  }

  private static List<JobChange> decided(Job now, Job first, Report report) {
    Transition transition =
        JobLifecycle.onReport(now, Objects.requireNonNull(first.agent()), 1, report, NOW, 0);
    return switch (transition) {
      case Transition.End end ->
          List.of(
              new JobChange(
                  now,
                  now.after(end, NOW),
                  null,
                  new JobChange.AttemptEnd(NOW, "completed", null)));
      case Transition.Start start -> List.of(new JobChange(now, now.after(start, NOW), NOW, null));
      case Transition.Stay stay -> List.of(JobChange.of(now, now.after(stay, NOW)));
      case Transition.Requeue requeue -> List.of(JobChange.of(now, now.after(requeue, NOW)));
      case Transition.Renew ignored -> List.of();
      case Transition.Repeat ignored -> List.of();
      case Transition.Stale ignored -> List.of();
    };
  }

  /** As a sweep does it, one job at a time and within its tenant. */
  private void loseLease(Job job) {
    storage()
        .transactions()
        .inTenant(
            job.tenant(),
            () -> {
              Job now = storage().jobs().lock(job.tenant(), job.id()).orElseThrow();
              Transition lost = JobLifecycle.onLeaseLost(now, NOW.plus(LEASE).plusSeconds(1));
              if (lost instanceof Transition.Requeue) {
                storage().batches().replace(List.of(JobChange.of(now, now.after(lost, NOW))));
              }
              return true;
            });
  }

  private void renewLease(Job job) {
    storage()
        .leases()
        .renew(Objects.requireNonNull(job.agent()), Map.of(job.id(), 1), NOW.plus(LEASE), NOW);
  }

  private List<Attempt> attempts(Job job) {
    return storage().jobs().attempts(job.tenant(), job.id());
  }

  private void assertNothingIsCounted() {
    assertThat(count("SELECT sum(running + queued + running_shared) FROM tenant_counters"))
        .isZero();
    assertThat(count("SELECT sum(leased) FROM agent_counters")).isZero();
  }

  private static long count(String sql) {
    return STORAGE
        .database()
        .asSuperuser()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
