package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of agents besides their keys, and how often they may call. */
public interface Safeguards {
  /** What is asked of an agent; empty where there is none of this id. */
  Optional<Asked> find(TenantId tenant, AgentId agent);

  /** As {@link #find}, locked until the transaction ends. */
  Optional<Asked> lock(TenantId tenant, AgentId agent);

  /** Replaces what is asked of an agent. */
  void replace(TenantId tenant, AgentId agent, Asked asked);

  /**
   * What is asked.
   *
   * @param requestsPerMinute null for what is usual
   * @param certificateFingerprints of which one must be shown; empty where none must
   * @param requireSignature whether every call must be signed
   */
  record Asked(
      @Nullable Integer requestsPerMinute,
      List<String> certificateFingerprints,
      boolean requireSignature) {
    /** Nothing. */
    public static final Asked NOTHING = new Asked(null, List.of(), false);

    /** Copies the list. */
    public Asked {
      certificateFingerprints = List.copyOf(certificateFingerprints);
    }
  }
}
