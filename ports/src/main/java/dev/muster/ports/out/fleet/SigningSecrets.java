package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The secrets that agents sign with, sealed. */
public interface SigningSecrets {
  /** Those of an agent that work at a moment, the newest first. */
  List<Kept> live(TenantId tenant, AgentId agent, Instant now);

  /** The version that the agent's next one is to have, from 1; none is given twice. */
  int nextVersion(TenantId tenant, AgentId agent);

  /** Adds one that works until it is told to end. */
  void add(TenantId tenant, AgentId agent, Kept secret);

  /** Lets all of an agent's end at a moment, unless they end sooner. */
  void endAll(TenantId tenant, AgentId agent, Instant at);

  /**
   * One secret.
   *
   * @param version which of the agent's it is: what it is sealed to
   * @param byServer whether the server replaced one that had grown old, and has to tell the agent
   * @param endsAt null for the one in force
   */
  record Kept(
      int version, byte[] sealed, boolean byServer, Instant createdAt, @Nullable Instant endsAt) {}
}
