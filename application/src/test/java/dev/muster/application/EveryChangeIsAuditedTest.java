package dev.muster.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.ports.StorageUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No audit, no change: for every use case that changes something. */
final class EveryChangeIsAuditedTest {
  /** What changes something that was there before and is there afterwards. */
  private static final Set<String> REPLACEMENTS =
      Set.of(
          "agent.disable",
          "agent.drain",
          "agent.enable",
          "agent.grant",
          "agent.offline",
          "agent.task_claimed",
          "agent.task_completed",
          "agent.task_failed",
          "job.cancel",
          "job.expire",
          "job.fail",
          "job.requeue",
          "plan.update",
          "tenant.resume",
          "tenant.set_worker_limit",
          "tenant.suspend",
          "tenant.update",
          "token.revoke");

  /** An installation for one change. */
  static final class World extends UseCaseTest {}

  /**
   * A change.
   *
   * @param entries the actions of the audit entries that it leaves
   * @param prepare brings about what it needs, and answers the change itself
   */
  record Change(String name, List<String> entries, Preparation prepare) {}

  /** Brings about what a change needs. */
  interface Preparation {
    Runnable in(World world);
  }

  @TestFactory
  Stream<DynamicTest> a_change_leaves_its_entries_and_no_other() {
    return Changes.all()
        .map(change -> DynamicTest.dynamicTest(change.name(), () -> leavesItsEntries(change)));
  }

  private static void leavesItsEntries(Change change) {
    World world = new World();
    Runnable work = change.prepare().in(world);
    List<AuditEntry> before = world.audited();

    work.run();

    List<AuditEntry> left = world.audited().stream().filter(e -> !before.contains(e)).toList();
    assertThat(left)
        .extracting(AuditEntry::action)
        .containsExactlyInAnyOrderElementsOf(change.entries());
    assertThat(left).extracting(AuditEntry::outcome).containsOnly(AuditEntry.Outcome.DONE);
  }

  @TestFactory
  Stream<DynamicTest> an_entry_shows_the_state_before_and_after() {
    return Changes.all()
        .map(change -> DynamicTest.dynamicTest(change.name(), () -> showsBothStates(change)));
  }

  private static void showsBothStates(Change change) {
    World world = new World();
    Runnable work = change.prepare().in(world);
    List<AuditEntry> before = world.audited();

    work.run();

    assertThat(world.audited())
        .filteredOn(entry -> !before.contains(entry) && REPLACEMENTS.contains(entry.action()))
        .allSatisfy(entry -> {
          assertThat(entry.before()).as("before %s", entry.action()).isNotNull();
          assertThat(entry.after()).as("after %s", entry.action()).isNotNull();
        });
  }

  @TestFactory
  Stream<DynamicTest> a_change_that_cannot_be_audited_is_undone() {
    return Changes.all()
        .map(change -> DynamicTest.dynamicTest(change.name(), () -> isUndoneWithoutAudit(change)));
  }

  private static void isUndoneWithoutAudit(Change change) {
    World world = new World();
    Runnable work = change.prepare().in(world);
    List<Map<?, ?>> before = world.ports().transactions().contents();
    world.ports().wakeups().heard();
    world.in().auditLog().breakDown();

    assertThatThrownBy(work::run).isInstanceOf(StorageUnavailable.class);

    assertThat(world.ports().transactions().contents()).isEqualTo(before);
    assertThat(world.ports().wakeups().heard()).isEmpty();
  }
}
