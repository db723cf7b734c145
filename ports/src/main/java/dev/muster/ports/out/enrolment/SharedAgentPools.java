package dev.muster.ports.out.enrolment;

import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The pool of shared agents, its keys, and what was signed with them. */
public interface SharedAgentPools {
  /** Adds the pool; false where there is one. */
  boolean add(TenantId tenant, SharedAgentPool pool);

  /** The pool. */
  Optional<SharedAgentPool> find(TenantId tenant);

  /** The pool, locked until the transaction ends. */
  Optional<SharedAgentPool> lock(TenantId tenant);

  /** Adds a key. */
  void addKey(TenantId tenant, KeptPlatformKey key, byte[] sealed);

  /** The keys that have not ended, newest first. */
  List<SealedKey> liveKeys(TenantId tenant, Instant now);

  /**
   * A key as it is by now, ended or not, of which nobody changes the end before the transaction
   * ends, because nobody gets to {@link #lock} the pool. Any number may hold it at once.
   */
  Optional<KeptPlatformKey> held(TenantId tenant, PlatformKeyId key);

  /** Has a key, and every agent's token that was given under it, end at a moment, or earlier. */
  void endKey(TenantId tenant, PlatformKeyId key, Instant end);

  /**
   * Uses what was signed; false where it was used before. Who does so at the same moment waits for
   * the transaction of whoever was first. Those that are over are forgotten on the way.
   */
  boolean useNonce(TenantId tenant, String nonce, Instant keepUntil, Instant now);

  /** A key as it is stored. */
  record SealedKey(KeptPlatformKey key, byte[] sealed) {}
}
