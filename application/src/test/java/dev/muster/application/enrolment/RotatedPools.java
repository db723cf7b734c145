package dev.muster.application.enrolment;

import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pools of which somebody rotates the key just before a registration holds it. */
record RotatedPools(SharedAgentPools pools, Runnable rotation) implements SharedAgentPools {
  @Override
  public Optional<KeptPlatformKey> held(TenantId tenant, PlatformKeyId key) {
    rotation.run();
    return pools.held(tenant, key);
  }

  @Override
  public boolean add(TenantId tenant, SharedAgentPool pool) {
    return pools.add(tenant, pool);
  }

  @Override
  public Optional<SharedAgentPool> find(TenantId tenant) {
    return pools.find(tenant);
  }

  @Override
  public Optional<SharedAgentPool> lock(TenantId tenant) {
    return pools.lock(tenant);
  }

  @Override
  public void addKey(TenantId tenant, KeptPlatformKey key, byte[] sealed) {
    pools.addKey(tenant, key, sealed);
  }

  @Override
  public List<SealedKey> liveKeys(TenantId tenant, Instant now) {
    return pools.liveKeys(tenant, now);
  }

  @Override
  public void endKey(TenantId tenant, PlatformKeyId key, Instant end) {
    pools.endKey(tenant, key, end);
  }

  @Override
  public boolean useNonce(TenantId tenant, String nonce, Instant keepUntil, Instant now) {
    return pools.useNonce(tenant, nonce, keepUntil, now);
  }
}
