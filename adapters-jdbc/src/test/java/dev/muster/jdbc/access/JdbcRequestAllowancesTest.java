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
