package dev.muster.application.scheduling;

import dev.muster.application.gathering.Gathering;
import dev.muster.application.job.JobChanges;
import dev.muster.application.scheduling.ReportBatch.Told;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Report;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobBatches;
import dev.muster.ports.out.job.JobLogs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what agents say of their jobs. Reports that come at the same moment, and those of one
 * request, share transactions; a report that fails does so alone.
 */
public final class ReportingService implements JobReporting {
  private static final Logger LOG = LoggerFactory.getLogger(ReportingService.class);

  /** One commits while the other is decided; more would wait for the same counters. */
  private static final int AT_ONCE = 2;

  private static final int MOST_REQUESTS = 200;

  /** What is held in memory and under locks at once has a limit, as payloads may be large. */
  private static final int MOST_REPORTS = 200;

  private final ReportBatch batch;
  private final LogIntake logIntake;
  private final Gathering<List<Told>, List<Outcome<Job>>> gathering =
      new Gathering<>(this::together, MOST_REQUESTS, AT_ONCE);

  /** Changes jobs through {@code changes}; {@code random} spreads retries. */
  public ReportingService(
      Transactions transactions,
      JobBatches jobs,
      JobLogs logs,
      JobChanges changes,
      InstantSource clock,
      RandomGenerator random) {
    this.batch = new ReportBatch(transactions, jobs, changes, clock, random);
    this.logIntake = new LogIntake(transactions, jobs, logs);
  }

  @Override
  public Outcome<Job> report(Caller caller, JobId id, int attempt, Report report) {
    return gathering
        .of(List.of(new Told(caller, new AttemptReport(id, attempt, report))))
        .getFirst();
  }

  @Override
  public List<Outcome<Job>> reportAll(Caller caller, List<AttemptReport> reports) {
    List<Told> told = reports.stream().map(report -> new Told(caller, report)).toList();
    if (told.isEmpty()) {
      return List.of();
    }
    try {
      return gathering.of(told);
    } catch (StorageUnavailable away) {
      throw away;
    } catch (RuntimeException failure) {
      return told.stream().map(this::alone).toList();
    }
  }

  /** One that is bad in a way that nobody thought of must not hold up those beside it for ever. */
  private Outcome<Job> alone(Told told) {
    try {
      return gathering.of(List.of(told)).getFirst();
    } catch (StorageUnavailable away) {
      throw away;
    } catch (RuntimeException failure) {
      LOG.error("event=report_failed job={}", told.job(), failure);
      return Outcome.refused(Code.INTERNAL_ERROR, "The report could not be taken.");
    }
  }

  /**
   * In pieces of bounded size, each a transaction of its own. Where one fails, all is done again
   * request by request: what was taken before is then a repetition, which is answered as it was.
   */
  private List<List<Outcome<Job>>> together(List<List<Told>> requests) {
    List<Told> all = requests.stream().flatMap(List::stream).toList();
    List<Outcome<Job>> answers = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += MOST_REPORTS) {
      answers.addAll(batch.take(all.subList(from, Math.min(all.size(), from + MOST_REPORTS))));
    }
    return split(answers, requests);
  }

  private static List<List<Outcome<Job>>> split(
      List<Outcome<Job>> answers, List<List<Told>> requests) {
    List<List<Outcome<Job>>> split = new ArrayList<>(requests.size());
    int from = 0;
    for (List<Told> request : requests) {
      split.add(List.copyOf(answers.subList(from, from + request.size())));
      from += request.size();
    }
    return split;
  }

  @Override
  public Outcome<Integer> log(Caller caller, JobId id, int attempt, List<LogLine> lines) {
    return logIntake.take(caller, id, attempt, lines);
  }
}
