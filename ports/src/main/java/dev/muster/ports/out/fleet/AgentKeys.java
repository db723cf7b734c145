package dev.muster.ports.out.fleet;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets of agents: API keys as hashes, update keys sealed. */
public interface AgentKeys {
  /** The most keys that are listed. */
  int MOST_LISTED = 200;

  /** Adds an API key that does not expire. */
  default void add(TenantId tenant, AgentId agent, TokenHash hash, String prefix, Instant at) {
    add(tenant, agent, hash, prefix, at, null);
  }

  /**
   * Adds an API key.
   *
   * @param expiresAt or null for one that does not expire
   */
  void add(
      TenantId tenant,
      AgentId agent,
      TokenHash hash,
      String prefix,
      Instant at,
      @Nullable Instant expiresAt);

  /** Lets the live keys of an agent end at a moment, if they do not end earlier; how many. */
  int endAll(TenantId tenant, AgentId agent, Instant now, Instant end);

  /**
   * Takes all API keys of an agent back, and counts that in its key generation; how many were live.
   */
  int revokeAll(TenantId tenant, AgentId agent, Instant at);

  /** The keys of an agent, newest first, those that ended too; at most {@link #MOST_LISTED}. */
  List<AgentKey> list(TenantId tenant, AgentId agent);

  /** Notes that a key was used. */
  void used(TenantId tenant, TokenHash hash, Instant at);

  /**
   * Keeps the sealed update key of an agent, in place of the version before.
   *
   * @throws IllegalStateException where that is not the one that is kept
   */
  void keepUpdateKey(TenantId tenant, AgentId agent, SealedUpdateKey key);

  /** The sealed update key of an agent. */
  Optional<SealedUpdateKey> updateKey(TenantId tenant, AgentId agent);

  /**
   * An update key as it is kept.
   *
   * @param version from 1; it is sealed to it
   */
  record SealedUpdateKey(int version, byte[] sealed) {}
}
