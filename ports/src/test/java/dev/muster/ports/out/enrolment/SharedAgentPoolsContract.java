package dev.muster.ports.out.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.enrolment.SharedAgentPools.SealedKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link SharedAgentPools} must do. */
public abstract class SharedAgentPoolsContract {
  private static final Instant NOW = Samples.NOW;

  private TenantId tenant = TenantId.SYSTEM;

  protected abstract SharedAgentPools pools();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void somebodyNew() {
    tenant = aTenant();
  }

  @Test
  void there_is_one_pool() {
    SharedAgentPool pool = new SharedAgentPool(1, null, 70, NOW);

    assertThat(pools().find(tenant)).isEmpty();
    assertThat(pools().add(tenant, pool)).isTrue();
    assertThat(pools().add(tenant, new SharedAgentPool(null, 9, null, NOW))).isFalse();

    assertThat(pools().find(tenant)).contains(pool);
    assertThat(pools().lock(tenant)).contains(pool);
    assertThat(pools().find(aTenant())).isEmpty();
  }

  @Test
  void keys_are_live_until_they_end_and_come_newest_first() {
    pools().add(tenant, new SharedAgentPool(null, null, null, NOW));
    KeptPlatformKey old = added(0);
    KeptPlatformKey current = added(10);

    pools().endKey(tenant, old.id(), NOW.plusSeconds(60));
    pools().endKey(tenant, old.id(), NOW.plusSeconds(90));

    assertThat(pools().held(tenant, current.id())).contains(current);
    assertThat(pools().held(tenant, old.id()).orElseThrow().expiresAt())
        .isEqualTo(NOW.plusSeconds(60));
    assertThat(pools().held(aTenant(), old.id())).isEmpty();
    assertThat(live(59)).extracting(key -> key.key().id()).containsExactly(current.id(), old.id());
    assertThat(live(59).getLast().key().expiresAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(live(60)).extracting(key -> key.key().id()).containsExactly(current.id());
    assertThat(live(60).getFirst().sealed()).containsExactly(7, 10);
    assertThat(pools().liveKeys(aTenant(), NOW)).isEmpty();
  }

  @Test
  void what_was_signed_is_used_once() {
    assertThat(use("one")).isTrue();
    assertThat(use("one")).isFalse();
    assertThat(use("two")).isTrue();
    assertThat(pools().useNonce(aTenant(), "one", NOW.plusSeconds(360), NOW)).isTrue();
  }

  @Test
  void of_five_hundred_at_once_one_uses_what_was_signed() {
    List<Boolean> used = Race.of(500, i -> use("the same"));

    assertThat(used).filteredOn(each -> each).hasSize(1);
  }

  private boolean use(String nonce) {
    return pools().useNonce(tenant, nonce, NOW.plusSeconds(360), NOW);
  }

  private KeptPlatformKey added(int second) {
    KeptPlatformKey key =
        new KeptPlatformKey(
            new PlatformKeyId(Samples.id()), "0123456" + second % 7, NOW.plusSeconds(second), null);
    pools().addKey(tenant, key, new byte[] {7, (byte) second});
    return key;
  }

  private List<SealedKey> live(int second) {
    return pools().liveKeys(tenant, NOW.plusSeconds(second));
  }
}
