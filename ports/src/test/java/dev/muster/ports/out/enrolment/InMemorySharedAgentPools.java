package dev.muster.ports.out.enrolment;

import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pool of shared agents, in memory. */
public final class InMemorySharedAgentPools implements SharedAgentPools {
  private final InMemoryStorage storage;
  private final InMemoryNamedAgents agents;
  private final InMemoryTable<TenantId, SharedAgentPool> pools;
  private final InMemoryTable<PlatformKeyId, Row> keys;
  private final InMemoryTable<Used, Instant> nonces;

  private record Row(TenantId tenant, SealedKey key) {}

  private record Used(TenantId tenant, String nonce) {}

  /** Without any. */
  public InMemorySharedAgentPools(InMemoryStorage storage, InMemoryNamedAgents agents) {
    this.storage = storage;
    this.agents = agents;
    this.pools = storage.table();
    this.keys = storage.table();
    this.nonces = storage.table();
  }

  @Override
  public boolean add(TenantId tenant, SharedAgentPool pool) {
    return storage.forTenant(
        tenant,
        () -> {
          storage.mustSee(tenant);
          boolean isNew = pools.find(tenant).isEmpty();
          if (isNew) {
            pools.put(tenant, pool);
          }
          return isNew;
        });
  }

  @Override
  public Optional<SharedAgentPool> find(TenantId tenant) {
    return storage.forTenant(tenant, () -> pools.find(tenant));
  }

  @Override
  public Optional<SharedAgentPool> lock(TenantId tenant) {
    return find(tenant);
  }

  @Override
  public void addKey(TenantId tenant, KeptPlatformKey key, byte[] sealed) {
    storage.forTenant(
        tenant,
        () -> {
          pools.find(tenant).orElseThrow();
          keys.put(key.id(), new Row(tenant, new SealedKey(key, sealed.clone())));
          return true;
        });
  }

  @Override
  public List<SealedKey> liveKeys(TenantId tenant, Instant now) {
    return storage.forTenant(
        tenant,
        () ->
            keys.stream()
                .filter(row -> row.tenant().equals(tenant))
                .map(Row::key)
                .filter(row -> isAfter(row.key().expiresAt(), now))
                .sorted(Comparator.comparing((SealedKey row) -> row.key().createdAt()).reversed())
                .toList());
  }

  @Override
  public Optional<KeptPlatformKey> held(TenantId tenant, PlatformKeyId key) {
    return storage.forTenant(
        tenant,
        () ->
            keys.find(key).filter(row -> row.tenant().equals(tenant)).map(row -> row.key().key()));
  }

  private static boolean isAfter(@Nullable Instant end, Instant now) {
    return end == null || end.isAfter(now);
  }

  @Override
  public void endKey(TenantId tenant, PlatformKeyId id, Instant end) {
    storage.forTenant(
        tenant,
        () -> {
          keys.change(
              id,
              row -> {
                KeptPlatformKey key = row.key().key();
                Instant earlier = isAfter(key.expiresAt(), end) ? end : key.expiresAt();
                KeptPlatformKey ended =
                    new KeptPlatformKey(key.id(), key.keyId(), key.createdAt(), earlier);
                return new Row(tenant, new SealedKey(ended, row.key().sealed()));
              });
          agents.endTokensOf(tenant, id, end);
          return true;
        });
  }

  @Override
  public boolean useNonce(TenantId tenant, String nonce, Instant keepUntil, Instant now) {
    return storage.forTenant(
        tenant,
        () -> {
          Used used = new Used(tenant, nonce);
          boolean isNew = nonces.find(used).isEmpty();
          if (isNew) {
            nonces.put(used, keepUntil);
          }
          return isNew;
        });
  }
}
