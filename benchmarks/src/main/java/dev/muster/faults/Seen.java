package dev.muster.faults;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What clients were told, and when. Thread-safe. */
final class Seen {
  private final ConcurrentLinkedQueue<Submitted> submitted = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Answered> answered = new ConcurrentLinkedQueue<>();

  /**
   * A job that a customer wanted.
   *
   * @param number stands in the job's payload, one for each wanted job
   * @param tries how often it was sent with no answer to show for it, and then once more
   * @param repeatable whether it was sent under an idempotency key, and so may be there only once
   */
  record Submitted(UUID job, UUID tenant, int number, int tries, boolean repeatable) {}

  /** An agent was given a job. */
  record Told(UUID job, int attempt, UUID agent, long received) {}

  /**
   * A report was answered.
   *
   * @param said the status that was reported
   * @param status of the answer
   */
  record Answered(
      UUID job, int attempt, UUID agent, String said, int status, long sent, long received) {}

  void add(Submitted one) {
    submitted.add(one);
  }

  void add(Told one) {
    told.add(one);
  }

  void add(Answered one) {
    answered.add(one);
  }

  List<Submitted> submitted() {
    return List.copyOf(submitted);
  }

  List<Told> told() {
    return List.copyOf(told);
  }

  List<Answered> answered() {
    return List.copyOf(answered);
  }
}
