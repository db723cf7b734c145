package dev.muster.ports.out.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.RequestWindow;
import dev.muster.domain.access.RequestWindow.Taken;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.access.GatheredAllowances.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link RequestAllowances}, {@link GatheredAllowances} and {@link QuietCallers} must do. */
public abstract class RequestAllowancesContract {
  private final UUID credential = UUID.randomUUID();

  protected abstract RequestAllowances allowances();

  /** The same as another replica has it. */
  protected abstract RequestAllowances elsewhere();

  protected abstract GatheredAllowances gathered();

  protected abstract QuietCallers quiet();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  /** The storage's time. */
  protected abstract Instant now();

  @Test
  void replicas_together_take_no_more_than_the_limit() {
    TenantId tenant = aTenant();

    List<RequestWindow.Slice> slices =
        Race.of(
            60,
            i ->
                (i % 2 == 0 ? allowances() : elsewhere()).take(tenant, credential, 100, 1 + i % 3));

    int taken =
        slices.stream().mapToInt(slice -> slice instanceof Taken some ? some.requests() : 0).sum();
    assertThat(taken).isBetween(100, 110);
  }

  @Test
  void whoever_takes_together_takes_of_the_same_as_who_takes_alone() {
    TenantId tenant = aTenant();
    Wish wish = new Wish(tenant, credential, 100, 2);

    List<Optional<RequestWindow.Slice>> slices =
        Race.of(
                60,
                i ->
                    i % 2 == 0
                        ? gathered().take(List.of(wish, wish))
                        : List.of(Optional.of(allowances().take(tenant, credential, 100, 1))))
            .stream()
            .flatMap(List::stream)
            .toList();

    int taken =
        slices.stream()
            .flatMap(Optional::stream)
            .mapToInt(slice -> slice instanceof Taken some ? some.requests() : 0)
            .sum();
    assertThat(taken).isBetween(60, 110);
    assertThat(allowances().take(tenant, credential, taken / 2, 1))
        .as("what was taken is counted")
        .isInstanceOf(RequestWindow.Full.class);
  }

  @Test
  void together_each_gets_its_own_slice() {
    TenantId one = aTenant();
    TenantId other = aTenant();
    UUID another = UUID.randomUUID();
    Wish first = new Wish(one, credential, 1, 1);

    assertThat(
            gathered()
                .take(
                    List.of(
                        first,
                        first,
                        new Wish(one, another, 1, 1),
                        new Wish(other, credential, 1, 1))))
        .extracting(slice -> slice.orElseThrow() instanceof Taken)
        .containsExactly(true, false, true, true);
    assertThat(gathered().take(List.of(first, new Wish(one, UUID.randomUUID(), 1, 1))))
        .extracting(slice -> slice.orElseThrow() instanceof Taken)
        .containsExactly(false, true);
    assertThat(gathered().take(List.of())).isEmpty();
  }

  @Test
  void each_credential_has_its_own() {
    TenantId tenant = aTenant();
    assertThat(allowances().take(tenant, credential, 1, 1)).isInstanceOf(Taken.class);

    assertThat(allowances().take(tenant, credential, 1, 1)).isInstanceOf(RequestWindow.Full.class);
    assertThat(allowances().take(tenant, UUID.randomUUID(), 1, 1)).isInstanceOf(Taken.class);
    assertThat(allowances().take(aTenant(), credential, 1, 1)).isInstanceOf(Taken.class);
  }

  @Test
  void what_was_taken_is_forgotten_only_of_those_who_took_nothing_since() {
    TenantId tenant = aTenant();
    allowances().take(tenant, credential, 1, 1);

    quiet().forgetQuietSince(now().minusSeconds(600), 1_000);
    assertThat(allowances().take(tenant, credential, 1, 1)).isInstanceOf(RequestWindow.Full.class);

    assertThat(quiet().forgetQuietSince(now().plusSeconds(600), 1_000)).isPositive();
    assertThat(allowances().take(tenant, credential, 1, 1)).isInstanceOf(Taken.class);
  }
}
