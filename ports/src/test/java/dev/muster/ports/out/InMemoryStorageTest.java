package dev.muster.ports.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What {@link Transactions} promises, kept in memory. */
final class InMemoryStorageTest {
  private static final TenantId ONE = new TenantId(new UUID(0, 11));
  private static final TenantId OTHER = new TenantId(new UUID(0, 12));

  private final InMemoryStorage storage = new InMemoryStorage();
  private final InMemoryTable<String, Integer> table = storage.table();

  @Test
  void what_was_done_stays() {
    storage.inTenant(ONE, () -> put("a", 1));

    assertThat(read("a")).contains(1);
  }

  @Test
  void what_is_refused_is_undone() {
    storage.inTenant(ONE, () -> put("a", 1));

    Outcome<String> outcome =
        storage.inTenant(
            ONE,
            () -> {
              put("a", 2);
              put("b", 3);
              return Outcome.refused(Refusal.Code.STATE_CONFLICT, "no");
            });

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(read("a")).contains(1);
    assertThat(read("b")).isEmpty();
  }

  @Test
  void what_throws_is_undone() {
    assertThatThrownBy(() ->
            storage.acrossTenants(() -> {
              put("a", 1);
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(read("a")).isEmpty();
  }

  @Test
  void an_inner_refusal_undoes_everything_though_the_outer_work_answers() {
    String answer =
        storage.acrossTenants(() -> {
          put("a", 1);
          storage.inTenant(ONE, () -> Outcome.refused(Refusal.Code.STATE_CONFLICT, "no"));
          return "done";
        });

    assertThat(answer).isEqualTo("done");
    assertThat(read("a")).isEmpty();
  }

  @Test
  void inner_work_belongs_to_the_outer_transaction() {
    assertThatThrownBy(() ->
            storage.acrossTenants(() -> {
              storage.inTenant(ONE, () -> put("a", 1));
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(read("a")).isEmpty();
  }

  @Test
  void work_in_a_tenant_sees_that_tenant_and_the_outer_scope_comes_back() {
    List<Boolean> seen = new ArrayList<>();

    storage.inTenant(
        ONE,
        () -> {
          seen.add(storage.sees(OTHER));
          storage.acrossTenants(() -> seen.add(storage.sees(OTHER)));
          storage.inTenant(OTHER, () -> seen.add(storage.sees(OTHER)));
          seen.add(storage.sees(ONE));
          return seen.add(storage.sees(OTHER));
        });

    assertThat(seen).containsExactly(false, true, true, true, false);
  }

  @Test
  void actions_after_the_commit_are_done_after_it_and_only_if_there_was_one() {
    List<String> done = new ArrayList<>();

    storage.acrossTenants(() -> {
      storage.inTenant(
          ONE,
          () -> {
            storage.afterCommit(() -> done.add("after"));
            return done.add("inner");
          });
      return done.add("outer");
    });
    storage.acrossTenants(() -> {
      storage.afterCommit(() -> done.add("never"));
      return Outcome.refused(Refusal.Code.STATE_CONFLICT, "no");
    });
    storage.afterCommit(() -> done.add("now"));

    assertThat(done).containsExactly("inner", "outer", "after", "now");
  }

  @Test
  void transactions_come_one_after_another() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        threads.execute(() -> storage.acrossTenants(() -> put("a", table.find("a").orElse(0) + 1)));
      }
    }

    assertThat(read("a")).contains(200);
  }

  private boolean put(String key, int value) {
    table.put(key, value);
    return true;
  }

  private Optional<Integer> read(String key) {
    return storage.acrossTenants(() -> table.find(key));
  }
}
