package dev.muster.ports.out.fleet;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/** The secrets of agents: API keys as hashes, update keys sealed. */
public interface AgentKeys {
  /** Adds an API key. */
  void add(TenantId tenant, AgentId agent, TokenHash hash, String prefix, Instant at);

  /** Takes all API keys of an agent back. */
  void revokeAll(TenantId tenant, AgentId agent, Instant at);

  /** Keeps the sealed update key of an agent, in place of the one before. */
  void keepUpdateKey(TenantId tenant, AgentId agent, byte[] sealed);

  /** The sealed update key of an agent. */
  Optional<byte[]> updateKey(TenantId tenant, AgentId agent);
}
