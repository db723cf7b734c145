package dev.muster.http.fleet;

import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.ports.in.fleet.AgentSafeguards;
import dev.muster.ports.in.fleet.AgentSafeguards.Guarded;
import dev.muster.ports.in.fleet.AgentSafeguards.Rotation;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of agents, on the wire. */
final class SafeguardJson {
  private static final int MOST_REQUESTS = 10_000_000;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

  static final Shape<Optional<Integer>> LIMIT =
      in -> {
        var requests = in.optional("requests_per_minute", Kinds.integer(1, MOST_REQUESTS));
        return () -> Optional.ofNullable(requests.orNull());
      };

  static final Shape<List<String>> FINGERPRINTS =
      in -> {
        var fingerprints =
            in.required(
                "certificate_fingerprints",
                Kinds.uniqueList(
                    Kinds.matching(FINGERPRINT, 64, "64 lower-case hex digits"),
                    CertificateFingerprint.MOST));
        return fingerprints::get;
      };

  static final Shape<Rotation> ROTATION =
      in -> {
        var usual = (int) AgentSafeguards.USUAL_GRACE.toHours();
        var most = (int) AgentSafeguards.LONGEST_GRACE.toHours();
        var grace = in.optional("grace_hours", Kinds.integer(0, most));
        var require = in.optional("require_signature", Kinds.bool());
        return () -> new Rotation(Duration.ofHours(grace.or(usual)), require.orNull());
      };

  private SafeguardJson() {}

  static ObjectNode of(Guarded guarded) {
    var json = Json.object();
    json.put("agent_id", guarded.agent().toString());
    json.put("requests_per_minute", guarded.requestsPerMinute());
    json.set("certificate_fingerprints", Json.strings(guarded.certificateFingerprints()));
    json.put("require_signature", guarded.requireSignature());
    json.put("signing_secret_since", Json.time(guarded.signingSecretSince()));
    return json;
  }
}
