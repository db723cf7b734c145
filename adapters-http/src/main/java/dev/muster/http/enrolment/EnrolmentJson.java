package dev.muster.http.enrolment;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.document.AgentDocument;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Applications of agents on the wire. */
final class EnrolmentJson {
  private static final Kind<Secret> TOKEN = Kinds.text(1, 200).as(Secret::of);

  /** At most ten years. */
  private static final Kind<Integer> KEY_HOURS = Kinds.integer(1, 87_600);

  static final Shape<Application> BOOTSTRAP =
      in -> {
        var token = in.required("bootstrap_token", TOKEN);
        var applicant = applicant(in, "name");
        return () -> new Application(token.get(), null, applicant.get());
      };

  static final Shape<Application> REGISTRATION =
      in -> {
        var token = in.optional("registration_token", TOKEN);
        var tenant = in.optional("tenant_id", Words.TENANT_ID);
        var applicant = applicant(in, "hostname");
        return () -> new Application(token.orNull(), tenant.orNull(), applicant.get());
      };

  static final Shape<Boolean> ROTATE =
      in -> {
        var rotate = in.optional("rotate", Kinds.flag());
        return () -> rotate.or(false);
      };

  static final Shape<Applicant> LOCAL = in -> applicant(in, "hostname");

  /** Who repeats this says so by an idempotency key, and is not shown the keys again. */
  static final Shape<Made> BY_OPERATOR =
      in -> {
        var able = able(in, "name");
        var hours = in.optional("expires_in_hours", KEY_HOURS);
        return () -> new Made(able.get().applicant(null), lifeOf(hours.orNull()));
      };

  private static @Nullable Duration lifeOf(@Nullable Integer hours) {
    return hours == null ? null : Duration.ofHours(hours);
  }

  private EnrolmentJson() {}

  /**
   * An agent that an operator makes.
   *
   * @param keyLife how long its key is good, or null for one that does not expire
   */
  record Made(Applicant applicant, @Nullable Duration keyLife) {}

  /**
   * What an agent sends to join.
   *
   * @param token or null where it has none
   * @param tenant the tenant that it names, or null; with a token, it is the token's or none
   */
  record Application(@Nullable Secret token, @Nullable TenantId tenant, Applicant applicant) {
    Application {
      if (token != null && tenant != null) {
        throw new IllegalArgumentException(
            "names a tenant_id beside a token, which says whose it is");
      }
    }
  }

  /** Platform agents are answered as a record with its keys beside it. */
  static ObjectNode platform(Enrolled enrolled) {
    var json = Json.object();
    json.set("agent", AgentDocument.of(enrolled.agent()));
    json.put("api_key", enrolled.apiKey().reveal());
    json.put("update_key", enrolled.updateKey().reveal());
    return json;
  }

  /** The same without secrets. */
  static ObjectNode withoutKeys(Enrolled enrolled) {
    var json = Json.object();
    json.set("agent", AgentDocument.of(enrolled.agent()));
    return json.putNull("api_key").putNull("update_key");
  }

  /** Tenants' agents are answered flat. */
  static ObjectNode dedicated(Enrolled enrolled) {
    return ids(enrolled.agent())
        .put("agent_secret", enrolled.apiKey().reveal())
        .put("update_key", enrolled.updateKey().reveal());
  }

  /** What agents of old expect. */
  static ObjectNode legacy(Enrolled enrolled) {
    return Json.object()
        .put("agent_id", enrolled.agent().id().toString())
        .put("token", enrolled.apiKey().reveal());
  }

  static ObjectNode known(Agent agent) {
    return ids(agent).put("already_registered", true);
  }

  private static ObjectNode ids(Agent agent) {
    return Json.object()
        .put("agent_id", agent.id().toString())
        .put("tenant_id", agent.tenant().toString());
  }

  private static Supplier<Applicant> applicant(Fields in, String nameField) {
    var able = able(in, nameField);
    var registration = in.optional("registration_id", Kinds.uuid());
    return () -> able.get().applicant(registration.orNull());
  }

  private static Supplier<Able> able(Fields in, String nameField) {
    var name = in.required(nameField, Words.AGENT_NAME);
    var capabilities = in.optional("capabilities", Words.LABELS);
    var tools = in.optional("tools", Words.LABELS);
    var region = in.optional("region", Words.LABEL);
    var most = in.optional("max_concurrent", Kinds.integer(1, Agent.MOST_CONCURRENT));
    var version = in.optional("version", Words.VERSION);
    return () ->
        new Able(
            name.get(),
            Abilities.of(
                Set.copyOf(capabilities.or(List.of())),
                Set.copyOf(tools.or(List.of())),
                region.orNull()),
            most.or(Agent.DEFAULT_CONCURRENT),
            version.orNull());
  }

  /** What an agent is and can do. */
  private record Able(
      AgentName name, Abilities abilities, int maxConcurrent, @Nullable String version) {
    Applicant applicant(@Nullable UUID registration) {
      return new Applicant(name, abilities, maxConcurrent, version, registration);
    }
  }
}
