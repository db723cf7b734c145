package dev.muster.application.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.application.Installation;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Belonging;
import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.SealedValues;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.out.credential.InMemorySealedStore;
import dev.muster.ports.paging.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResealingTest {
  private static final String OLD = "1:" + "00".repeat(32);
  private static final String NEW = "2:" + "11".repeat(32);
  private static final String GONE = "3:" + "22".repeat(32);

  private final Installation server = new Installation();
  private final InMemorySealedStore store = server.ports().sealedStore();

  @Test
  void everything_is_moved_to_the_current_key_and_opens_without_the_old_one() {
    for (int i = 0; i < 250; i++) {
      keep(OLD, i);
    }

    assertThat(resealing(NEW + "," + OLD).all()).isEqualTo(250);

    assertThat(store.countByKey()).isEqualTo(Map.of(2L, 250L));
    for (int i = 0; i < 250; i++) {
      Belonging belonging = belonging(i);
      assertThat(values(NEW).open(belonging, store.kept(belonging))).hasValue(value(i));
    }
    assertThat(entries())
        .extracting(AuditEntry::tenant, AuditEntry::action)
        .containsOnly(tuple(TenantId.SYSTEM, "credential.reseal"))
        .hasSize(3);
  }

  @Test
  void what_was_touched_or_has_no_key_here_stays_as_it_is_and_keeps_nothing_up() {
    keep(OLD, 1);
    byte[] touched = store.kept(belonging(1));
    touched[touched.length - 1] ^= 1;
    store.keep(belonging(1), touched);
    keep(GONE, 2);
    byte[] locked = store.kept(belonging(2));
    keep(OLD, 3);

    assertThat(resealing(NEW + "," + OLD).all()).isEqualTo(1);

    assertThat(store.kept(belonging(1))).isEqualTo(touched);
    assertThat(store.kept(belonging(2))).isEqualTo(locked);
    assertThat(store.countByKey()).isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 1L));
  }

  @Test
  void more_than_are_read_at_once_that_do_not_open_keep_nothing_up() {
    for (int i = 0; i < 130; i++) {
      keep(OLD, i);
      byte[] touched = store.kept(belonging(i));
      touched[touched.length - 1] ^= 1;
      store.keep(belonging(i), touched);
    }
    keep(OLD, 130);

    assertThat(resealing(NEW + "," + OLD).all()).isEqualTo(1);

    assertThat(store.countByKey()).isEqualTo(Map.of(1L, 130L, 2L, 1L));
  }

  @Test
  void with_one_key_there_is_nothing_to_do() {
    keep(OLD, 1);

    assertThat(resealing(OLD).all()).isZero();
    assertThat(entries()).isEmpty();
  }

  private List<AuditEntry> entries() {
    return server.ports().auditLog().list(AuditFilter.ALL, PageRequest.first()).items();
  }

  private Resealing resealing(String masterKeys) {
    return server.resealing(
        new Secrets(new SplittableRandom(1), MasterKeys.parse(Secret.of(masterKeys))));
  }

  private void keep(String masterKey, int number) {
    byte[] nonce = new byte[SealedValues.NONCE_BYTES];
    nonce[0] = (byte) number;
    Belonging belonging = belonging(number);
    store.keep(belonging, values(masterKey).seal(belonging, value(number), nonce));
  }

  private static SealedValues values(String masterKeys) {
    return new SealedValues(MasterKeys.parse(Secret.of(masterKeys)));
  }

  private static Belonging belonging(int number) {
    return new Belonging("key", TenantId.SYSTEM, "owner", String.valueOf(number), 1);
  }

  private static byte[] value(int number) {
    return ("value " + number).getBytes(StandardCharsets.UTF_8);
  }
}
