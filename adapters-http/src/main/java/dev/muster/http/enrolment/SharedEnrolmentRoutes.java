package dev.muster.http.enrolment;

import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.SharedRegistration.Version1;
import dev.muster.domain.enrolment.SharedRegistration.Version2;
import dev.muster.domain.fleet.AgentName;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.enrolment.SharedEnrolment;
import dev.muster.ports.in.enrolment.SharedEnrolment.SharedEnrolled;
import dev.muster.wire.caller.Headers;
import dev.muster.wire.caller.PresentedReader;
import dev.muster.wire.document.DeclarationShape;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How shared agents register themselves. A request with {@code X-Signature} is of version 2: its
 * body is not looked at before the signature was found right. One without is of version 1, where
 * name, time and signature are the body.
 */
public final class SharedEnrolmentRoutes {
  private static final String SIGNATURE = "X-Signature";
  private static final Pattern CODE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
  private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{8}");
  private static final Pattern HOST = Pattern.compile("[\\x21-\\x7e]{1,300}");

  private static final long LAST_SECOND = 9_999_999_999L;

  /** What cannot be a signature is as good as a wrong one, so its form is nobody's business. */
  private static final Shape<Version1> VERSION_1 =
      in -> {
        var name = in.required("name", Words.AGENT_NAME);
        var timestamp = in.required("timestamp", Kinds.wholeNumber(0, LAST_SECOND));
        var signature = in.required("signature", Kinds.text(0, 200).as(Secret::of));
        return () -> new Version1(name.get(), timestamp.get(), signature.get());
      };

  /** Matches nothing that anybody signed. */
  private static final Version1 UNSIGNED = new Version1(new AgentName("nobody"), 0, Secret.of(""));

  private final SharedEnrolment enrolment;

  /** Routes to a port. */
  public SharedEnrolmentRoutes(SharedEnrolment enrolment) {
    this.enrolment = enrolment;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.open(
            Method.POST,
            "/api/agent/v1/register",
            "the signature with the platform key is the proof",
            this::register));
  }

  private Answer register(Request request) {
    var instance = PresentedReader.instanceIn(request.headers()).orElse(null);
    var origin = request.origin().forAudit();
    if (PresentedReader.isInstanceOdd(request.headers())) {
      return answer(Outcomes.valueOf(enrolment.register(UNSIGNED, null, null, origin)));
    }
    if (request.headers().all(SIGNATURE).isEmpty()) {
      var signed = request.read(VERSION_1);
      return answer(Outcomes.valueOf(enrolment.register(signed, instance, null, origin)));
    }
    var signed = version2(request.headers(), () -> request.body().bytes());
    return answer(
        Outcomes.valueOf(
            signed == null
                ? enrolment.register(UNSIGNED, null, null, origin)
                : enrolment.register(
                    signed, instance, () -> request.readIfAny(DeclarationShape.WHOLE), origin)));
  }

  /** Null where anything that is signed is missing, there twice, or not of its form. */
  static @Nullable Version2 version2(Headers headers, Supplier<byte[]> body) {
    var keyId = header(headers, "X-Signature-Key-Id", KEY_ID);
    var host = header(headers, "Host", HOST);
    var name = header(headers, "X-Agent-Name", AgentName.PATTERN);
    var timestamp = header(headers, "X-Signature-Timestamp", SECONDS);
    var nonce = header(headers, "X-Signature-Nonce", Version2.NONCE);
    var signature = header(headers, SIGNATURE, CODE);
    if (keyId == null
        || host == null
        || name == null
        || timestamp == null
        || nonce == null
        || signature == null) {
      return null;
    }
    return new Version2(
        keyId,
        host,
        new AgentName(name),
        Long.parseLong(timestamp),
        nonce,
        PlatformKey.sha256(body.get()),
        Secret.of(signature));
  }

  private static @Nullable String header(Headers headers, String name, Pattern form) {
    var value = headers.single(name);
    return value != null && form.matcher(value).matches() ? value : null;
  }

  private static Answer answer(SharedEnrolled enrolled) {
    var updateKey = enrolled.updateKey();
    var id = enrolled.agent().id();
    var json =
        Json.object()
            .put("agent_id", id.toString())
            .put("token", enrolled.token().reveal())
            .put("expires_at", Json.time(enrolled.expiresAt()))
            .put("update_key", updateKey == null ? null : updateKey.reveal());
    return Answer.created("/api/v1/admin/platform-agents/" + id, json);
  }
}
