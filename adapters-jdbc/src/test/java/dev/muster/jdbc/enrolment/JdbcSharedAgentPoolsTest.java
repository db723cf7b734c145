package dev.muster.jdbc.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import dev.muster.ports.out.enrolment.SharedAgentPoolsContract;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcSharedAgentPoolsTest extends SharedAgentPoolsContract {
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void whoever_rotates_waits_for_who_holds_the_key() throws Exception {
    TenantId tenant = aTenant();
    PlatformKeyId key = aKey(tenant);

    Future<?> rotation =
        database
            .transactions()
            .inTenant(
                tenant,
                () -> {
                  pools().held(tenant, key);
                  Future<?> started = Waiting.start(() -> rotate(tenant, key));
                  assertThat(Waiting.isStillRunning(started)).isTrue();
                  return started;
                });

    rotation.get();
    assertThat(pools().held(tenant, key).orElseThrow().expiresAt()).isEqualTo(Samples.NOW);
  }

  @Test
  void who_holds_the_key_waits_for_whoever_rotates_and_finds_that_it_has_ended() throws Exception {
    TenantId tenant = aTenant();
    PlatformKeyId key = aKey(tenant);

    Future<Optional<KeptPlatformKey>> held =
        database
            .transactions()
            .inTenant(
                tenant,
                () -> {
                  rotate(tenant, key);
                  Future<Optional<KeptPlatformKey>> started =
                      Waiting.start(() ->
                          database
                              .transactions()
                              .inTenant(tenant, () -> pools().held(tenant, key)));
                  assertThat(Waiting.isStillRunning(started)).isTrue();
                  return started;
                });

    assertThat(held.get().orElseThrow().expiresAt()).isEqualTo(Samples.NOW);
  }

  private boolean rotate(TenantId tenant, PlatformKeyId key) {
    return database
        .transactions()
        .inTenant(
            tenant,
            () -> {
              pools().lock(tenant);
              pools().endKey(tenant, key, Samples.NOW);
              return true;
            });
  }

  private PlatformKeyId aKey(TenantId tenant) {
    PlatformKeyId id = new PlatformKeyId(Samples.id());
    pools().add(tenant, new SharedAgentPool(null, null, null, Samples.NOW));
    pools().addKey(tenant, new KeptPlatformKey(id, "01234567", Samples.NOW, null), new byte[] {1});
    return id;
  }

  @Override
  protected SharedAgentPools pools() {
    return new JdbcSharedAgentPools(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
