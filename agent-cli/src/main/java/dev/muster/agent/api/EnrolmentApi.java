package dev.muster.agent.api;

import dev.muster.agent.api.Enrolment.Proof;
import dev.muster.domain.credential.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The calls by which an agent joins. Thread-safe. */
public final class EnrolmentApi {
  private static final long MOST_BYTES = 256 * 1024;

  private final HttpTransport transport;
  private final Duration patience;

  /**
   * The enrolment calls of one server.
   *
   * @param patience how long an answer may take
   */
  public EnrolmentApi(HttpClient client, URI server, Duration patience, InstantSource clock) {
    this.transport = new HttpTransport(client, server, clock);
    this.patience = patience;
  }

  /** Asks to join. */
  public Reply<EnrolmentAnswer> enrol(Enrolment enrolment) throws InterruptedException {
    ObjectNode body = Json.object();
    Json.put(body, "capabilities", enrolment.capabilities());
    Json.put(body, "tools", enrolment.tools());
    if (enrolment.region() != null) {
      body.put("region", enrolment.region());
    }
    body.put("max_concurrent", enrolment.maxConcurrent());
    body.put("version", enrolment.version());
    body.put("registration_id", enrolment.registrationId().toString());
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Agent-Instance", enrolment.instance().toString());
    String path = prove(enrolment, body, headers);
    return transport.exchange(
        new HttpTransport.Call(path, headers, body, patience, MOST_BYTES), EnrolmentApi::read);
  }

  private static String prove(Enrolment enrolment, ObjectNode body, Map<String, String> headers) {
    return switch (enrolment.proof()) {
      case Proof.BootstrapToken(Secret token) -> {
        body.put("name", enrolment.name()).put("bootstrap_token", token.reveal());
        yield "/api/v1/platform-agents/register";
      }
      case Proof.RegistrationToken(Secret token) -> {
        body.put("hostname", enrolment.name()).put("registration_token", token.reveal());
        yield "/api/v1/agents/register";
      }
      case Proof.LocalKey(Secret key) -> {
        body.put("hostname", enrolment.name());
        headers.put("X-Local-Agent-Key", key.reveal());
        yield "/api/v1/agents/register-local";
      }
    };
  }

  /** Platform agents are answered as a record beside its key, tenants' agents flat. */
  private static EnrolmentAnswer read(ObjectNode body) {
    if (body.path("already_registered").asBoolean(false)) {
      return new EnrolmentAnswer.AlreadyRegistered();
    }
    Secret updateKey = Secret.of(Json.text(body, "update_key"));
    if (body.path("agent").isObject()) {
      return new EnrolmentAnswer.Joined(
          Json.uuid(body.path("agent"), "id"),
          null,
          Secret.of(Json.text(body, "api_key")),
          updateKey);
    }
    return new EnrolmentAnswer.Joined(
        Json.uuid(body, "agent_id"),
        body.path("tenant_id").isString() ? Json.uuid(body, "tenant_id") : null,
        Secret.of(Json.text(body, "agent_secret")),
        updateKey);
  }
}
