package dev.muster.ports.in.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an agent besides its key, and how often it may call. A tenant that is not the
 * caller's own is {@code not_found} unless the caller is an operator.
 */
public interface AgentSafeguards {
  /** How long a signing secret that was replaced works on, where nobody says. */
  Duration USUAL_GRACE = Duration.ofHours(1);

  /** The longest grace. */
  Duration LONGEST_GRACE = Duration.ofHours(24);

  /** What is asked of an agent now. */
  Outcome<Guarded> find(Caller caller, TenantId tenant, AgentId agent);

  /**
   * Limits how often it may call.
   *
   * @param requestsPerMinute null for what is usual
   */
  Outcome<Guarded> limit(
      Caller caller, TenantId tenant, AgentId agent, @Nullable Integer requestsPerMinute);

  /**
   * Registers the certificates that it must come with.
   *
   * @param fingerprints at most two; none lets it come without
   */
  Outcome<Guarded> registerCertificates(
      Caller caller, TenantId tenant, AgentId agent, List<String> fingerprints);

  /** Issues a new signing secret. */
  Outcome<Issued<Guarded>> rotateSigningSecret(
      Caller caller, TenantId tenant, AgentId agent, Rotation rotation);

  /** Takes all signing secrets back, at once. Whether signatures are required stays as it is. */
  Outcome<Guarded> revokeSigningSecrets(Caller caller, TenantId tenant, AgentId agent);

  /**
   * How a signing secret is replaced.
   *
   * @param grace how long the present one works on
   * @param requireSignature whether every call must be signed from now on; null leaves that as it
   *     is
   */
  record Rotation(Duration grace, @Nullable Boolean requireSignature) {}

  /**
   * What is asked of an agent.
   *
   * @param requestsPerMinute null for what is usual
   * @param certificateFingerprints its own; where there are none, its tenant's count
   * @param signingSecretSince when its newest signing secret was issued, or null without one
   */
  record Guarded(
      AgentId agent,
      @Nullable Integer requestsPerMinute,
      List<String> certificateFingerprints,
      boolean requireSignature,
      @Nullable Instant signingSecretSince) {
    /** Copies the list. */
    public Guarded {
      certificateFingerprints = List.copyOf(certificateFingerprints);
    }
  }
}
