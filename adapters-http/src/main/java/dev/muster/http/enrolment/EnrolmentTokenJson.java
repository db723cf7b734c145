package dev.muster.http.enrolment;

import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Field;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Bootstrap and registration tokens on the wire. */
final class EnrolmentTokenJson {
  private static final int USUAL_HOURS = 24;
  private static final int USUAL_USES = 1;

  static final Shape<NewEnrolmentToken> NEW_BOOTSTRAP =
      in -> {
        var region = in.optional("required_region", Words.LABEL);
        var capabilities = in.optional("required_capabilities", Words.LABELS);
        var tools = in.optional("required_tools", Words.LABELS);
        return token(in, () -> new Constraints(region.orNull(), set(capabilities), set(tools)));
      };

  static final Shape<NewEnrolmentToken> NEW_REGISTRATION = in -> token(in, () -> Constraints.NONE);

  static final Shape<Revocation> REVOCATION =
      in -> {
        var reason = in.optional("reason", Kinds.text(1, 500));
        return () -> new Revocation(reason.or(""));
      };

  private EnrolmentTokenJson() {}

  /**
   * A token to be taken back.
   *
   * @param reason empty where none was given
   */
  record Revocation(String reason) {}

  static ObjectNode of(EnrolmentToken token) {
    var json = Json.object();
    var constraints = token.constraints();
    json.put("id", token.id().toString());
    json.put("tenant_id", token.tenant().toString());
    json.put("prefix", token.prefix());
    json.put("description", token.description());
    json.put("required_region", constraints.region());
    json.set("required_capabilities", Json.strings(constraints.capabilities()));
    json.set("required_tools", Json.strings(constraints.tools()));
    json.put("max_uses", token.maxUses());
    json.put("uses", token.uses());
    json.put("expires_at", Json.time(token.expiresAt()));
    json.put("revoked_at", Json.time(token.revokedAt()));
    json.put("revocation_reason", token.revocationReason());
    json.put("created_at", Json.time(token.createdAt()));
    json.put("created_by", token.createdBy());
    return json;
  }

  private static Supplier<NewEnrolmentToken> token(Fields in, Supplier<Constraints> constraints) {
    var description = in.optional("description", Words.DESCRIPTION);
    var hours = in.optional("expires_in_hours", Kinds.integer(1, EnrolmentToken.MOST_HOURS));
    var uses = in.optional("max_uses", Kinds.integer(1, EnrolmentToken.MOST_USES));
    return () ->
        new NewEnrolmentToken(
            description.or(""), hours.or(USUAL_HOURS), uses.or(USUAL_USES), constraints.get());
  }

  private static SortedSet<String> set(Field<List<String>> labels) {
    return new TreeSet<>(labels.or(List.of()));
  }
}
