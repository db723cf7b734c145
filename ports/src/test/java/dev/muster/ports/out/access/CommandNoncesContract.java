package dev.muster.ports.out.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.access.CommandNonces.Nonce;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link CommandNonces} must do. */
public abstract class CommandNoncesContract {
  private static final UUID SCOPE = UUID.randomUUID();

  private final String fresh = UUID.randomUUID().toString();

  protected abstract CommandNonces nonces();

  /** The same as another replica has it. */
  protected abstract CommandNonces elsewhere();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  /** The storage's time. */
  protected abstract Instant now();

  @Test
  void a_nonce_is_claimed_once() {
    Nonce nonce = nonce(aTenant(), SCOPE, 0, fresh);

    assertThat(nonces().claim(List.of(nonce))).containsExactly(true);
    assertThat(nonces().claim(List.of(nonce))).containsExactly(false);
  }

  @Test
  void of_equal_ones_that_come_together_one_is_claimed() {
    TenantId tenant = aTenant();
    Nonce nonce = nonce(tenant, SCOPE, 0, fresh);
    Nonce other = nonce(tenant, SCOPE, 0, fresh + "-");

    assertThat(nonces().claim(List.of(nonce, other, nonce))).containsExactly(true, true, false);
  }

  @Test
  void other_agents_and_other_tenants_have_nonces_of_their_own() {
    TenantId tenant = aTenant();
    nonces().claim(List.of(nonce(tenant, SCOPE, 0, fresh)));

    assertThat(
            nonces()
                .claim(
                    List.of(
                        nonce(tenant, UUID.randomUUID(), 0, fresh),
                        nonce(aTenant(), SCOPE, 0, fresh))))
        .containsExactly(true, true);
  }

  @Test
  void of_five_hundred_at_once_on_two_replicas_one_claims() {
    Nonce nonce = nonce(aTenant(), SCOPE, 0, fresh);

    List<Boolean> claimed =
        Race.of(500, i -> (i % 2 == 0 ? nonces() : elsewhere()).claim(List.of(nonce)).getFirst());

    assertThat(claimed).filteredOn(one -> one).hasSize(1);
  }

  @Test
  void what_could_still_be_used_is_not_forgotten() {
    TenantId tenant = aTenant();
    List<Nonce> live =
        List.of(
            nonce(tenant, SCOPE, -300, fresh),
            nonce(tenant, SCOPE, 0, fresh),
            nonce(tenant, SCOPE, 300, fresh));
    nonces().claim(live);

    nonces().forget();

    assertThat(nonces().claim(live)).containsExactly(false, false, false);
  }

  @Test
  void what_is_long_of_no_use_is_forgotten() {
    Nonce old = nonce(aTenant(), SCOPE, -2 * 600, fresh);
    Nonce older = nonce(aTenant(), SCOPE, -3 * 600, fresh);
    nonces().claim(List.of(old, older));

    assertThat(nonces().forget()).isTrue();

    assertThat(nonces().claim(List.of(old, older))).containsExactly(true, true);
  }

  private Nonce nonce(TenantId tenant, UUID scope, long secondsFromNow, String value) {
    return new Nonce(tenant, scope, now().getEpochSecond() + secondsFromNow, value);
  }
}
