package dev.muster.jdbc.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.RequestWindow;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.RowHeld;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.access.GatheredAllowances;
import dev.muster.ports.out.access.GatheredAllowances.Wish;
import dev.muster.ports.out.access.QuietCallers;
import dev.muster.ports.out.access.RequestAllowances;
import dev.muster.ports.out.access.RequestAllowancesContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcRequestAllowancesTest extends RequestAllowancesContract {
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected RequestAllowances allowances() {
    return new JdbcRequestAllowances(database.transactions());
  }

  @Override
  protected RequestAllowances elsewhere() {
    return new JdbcRequestAllowances(database.transactions());
  }

  @Test
  void a_credential_that_somebody_else_counts_keeps_none_of_the_others_waiting() {
    TenantId tenant = aTenant();
    Wish held = new Wish(tenant, UUID.randomUUID(), 100, 1);
    Wish free = new Wish(tenant, UUID.randomUUID(), 100, 1);
    gathered().take(List.of(held, free));

    try (RowHeld row =
        RowHeld.of(
            database,
            "SELECT 1 FROM request_allowances WHERE credential = '%s' FOR UPDATE"
                .formatted(held.credential()))) {
      List<Optional<RequestWindow.Slice>> slices = gathered().take(List.of(held, free));

      assertThat(slices.getFirst()).isEmpty();
      assertThat(slices.getLast()).isPresent();
    }
    assertThat(gathered().take(List.of(held)).getFirst()).isPresent();
  }

  @Test
  void a_credential_that_somebody_is_adding_keeps_none_of_the_others_waiting() throws Exception {
    TenantId tenant = aTenant();
    Wish added = new Wish(tenant, UUID.randomUUID(), 100, 1);
    Wish other = new Wish(tenant, UUID.randomUUID(), 100, 1);
    CountDownLatch isAdded = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> adding =
          threads.submit(() ->
              database
                  .transactions()
                  .acrossTenants(() -> {
                    gathered().take(List.of(added));
                    isAdded.countDown();
                    return awaited(goOn);
                  }));
      isAdded.await();

      List<Optional<RequestWindow.Slice>> slices = gathered().take(List.of(added, other));

      assertThat(slices.getFirst()).isEmpty();
      assertThat(slices.getLast()).isPresent();
      assertThat(adding).isNotDone();
      goOn.countDown();
      assertThat(adding.get()).isTrue();
    }
    assertThat(gathered().take(List.of(added)).getFirst()).isPresent();
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  protected GatheredAllowances gathered() {
    return new JdbcGatheredAllowances(database.transactions());
  }

  @Override
  protected QuietCallers quiet() {
    return new JdbcRequestAllowances(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }

  @Override
  protected Instant now() {
    return database.database().clock().instant();
  }
}
