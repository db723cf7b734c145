package dev.muster.ports.out.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.IdempotencyKeys.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link IdempotencyKeys} and {@link ExpiredKeys} must do. */
public abstract class IdempotencyKeysContract {
  private static final byte[] FINGERPRINT = {1, 2, 3};
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NOW = Samples.NOW;

  private TenantId tenant = TenantId.SYSTEM;
  private UUID caller = new UUID(0, 0);

  protected abstract IdempotencyKeys keys();

  protected abstract ExpiredKeys expired();

  protected abstract Transactions transactions();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void somebodyNew() {
    tenant = aTenant();
    caller = Samples.id();
  }

  @Test
  void a_free_key_is_taken_and_then_answers_what_was_recorded() {
    assertThat(answerOnce("k", "first")).isEmpty();

    Recorded recorded = answerOnce("k", "second").orElseThrow();

    assertThat(recorded.fingerprint()).isEqualTo(FINGERPRINT);
    assertThat(recorded.status()).isEqualTo(201);
    assertThat(recorded.location()).isEqualTo("/jobs/1");
    assertThat(recorded.body()).isEqualTo("first");
  }

  @Test
  void a_key_is_one_callers_in_one_tenant() {
    answerOnce("k", "first");

    caller = Samples.id();
    assertThat(answerOnce("k", "other caller")).isEmpty();

    tenant = aTenant();
    assertThat(answerOnce("k", "other tenant")).isEmpty();
    assertThat(answerOnce("other key", "other key")).isEmpty();
  }

  @Test
  void the_first_fingerprint_stays_so_that_another_request_can_be_told() {
    answerOnce("k", "first");

    Optional<Recorded> recorded =
        transactions()
            .inTenant(
                tenant,
                () -> keys().take(tenant, caller, "k", new byte[] {9}, NOW, NOW.minus(DAY)));

    assertThat(recorded.orElseThrow().fingerprint()).isEqualTo(FINGERPRINT);
  }

  @Test
  void a_key_whose_transaction_was_undone_is_free() {
    transactions()
        .inTenant(
            tenant,
            () -> {
              take("k");
              keys().record(tenant, caller, "k", 201, null, "never");
              return Outcome.refused(Refusal.Code.QUEUE_FULL, "full");
            });

    assertThat(answerOnce("k", "second")).isEmpty();
  }

  @Test
  void a_key_without_an_answer_is_free() {
    transactions().inTenant(tenant, () -> take("k"));

    assertThat(answerOnce("k", "second")).isEmpty();
    assertThat(answerOnce("k", "third")).map(Recorded::body).contains("second");
  }

  @Test
  void a_record_that_is_too_old_counts_as_gone() {
    answerOnce("k", "first");

    Optional<Recorded> much =
        transactions()
            .inTenant(
                tenant,
                () ->
                    keys()
                        .take(
                            tenant,
                            caller,
                            "k",
                            FINGERPRINT,
                            NOW.plus(DAY).plusSeconds(1),
                            NOW.plusSeconds(1)));

    assertThat(much).isEmpty();
  }

  @Test
  void a_key_that_was_not_taken_cannot_be_recorded() {
    assertThatThrownBy(() -> keys().record(tenant, caller, "k", 200, null, "x"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void of_many_at_once_one_does_the_work_and_the_others_wait_for_its_answer() {
    List<Optional<Recorded>> found = Race.of(40, runner -> answerOnce("k", "runner " + runner));

    assertThat(found).filteredOn(Optional::isEmpty).hasSize(1);
    String winner = "runner " + found.indexOf(Optional.<Recorded>empty());
    assertThat(found)
        .filteredOn(Optional::isPresent)
        .allMatch(recorded -> recorded.orElseThrow().body().equals(winner));
  }

  @Test
  void old_records_are_deleted_up_to_a_limit() {
    answerOnce("one", "x");
    answerOnce("two", "x");
    answerOnce("three", "x");

    assertThat(expired().deleteRecordedBefore(NOW, 100)).isZero();
    assertThat(expired().deleteRecordedBefore(NOW.plusSeconds(1), 2)).isEqualTo(2);
  }

  private Optional<Recorded> answerOnce(String key, String body) {
    return transactions()
        .inTenant(
            tenant,
            () -> {
              Optional<Recorded> recorded = take(key);
              if (recorded.isEmpty()) {
                keys().record(tenant, caller, key, 201, "/jobs/1", body);
              }
              return recorded;
            });
  }

  private Optional<Recorded> take(String key) {
    return keys().take(tenant, caller, key, FINGERPRINT, NOW, NOW.minus(DAY));
  }
}
