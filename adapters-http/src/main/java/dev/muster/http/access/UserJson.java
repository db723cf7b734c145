package dev.muster.http.access;

import dev.muster.domain.access.Role;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserToken;
import dev.muster.http.document.Words;
import dev.muster.http.json.Json;
import dev.muster.http.json.Kinds;
import dev.muster.http.json.Shape;
import dev.muster.ports.in.access.UserAdministration.NewUser;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Users and their tokens on the wire. */
final class UserJson {
  /** Ten years. */
  private static final int MOST_HOURS = 87_600;

  static final Shape<NewUser> NEW =
      in -> {
        var name = in.required("name", Kinds.text(1, 100));
        var role = in.required("role", Kinds.oneOf(Role.class));
        var tenant = in.optional("tenant_slug", Words.SLUG);
        return () -> new NewUser(name.get(), role.get(), tenant.orNull());
      };

  static final Shape<NewToken> NEW_TOKEN =
      in -> {
        var description = in.optional("description", Words.DESCRIPTION);
        var hours = in.optional("expires_in_hours", Kinds.integer(1, MOST_HOURS));
        return () -> new NewToken(description.or(""), hours.orNull());
      };

  private UserJson() {}

  /**
   * A token to be made.
   *
   * @param expiresInHours or null for one that does not expire
   */
  record NewToken(String description, @Nullable Integer expiresInHours) {}

  static ObjectNode of(User user) {
    var json = Json.object();
    json.put("id", user.id().toString());
    json.put("tenant_id", user.tenant().toString());
    json.put("name", user.name());
    json.put("role", user.role().wireName());
    json.put("created_at", Json.time(user.createdAt()));
    return json;
  }

  static ObjectNode of(UserToken token) {
    var json = Json.object();
    json.put("id", token.id().toString());
    json.put("user_id", token.user().toString());
    json.put("prefix", token.prefix());
    json.put("description", token.description());
    json.put("created_at", Json.time(token.createdAt()));
    json.put("expires_at", Json.time(token.expiresAt()));
    json.put("revoked_at", Json.time(token.revokedAt()));
    json.put("last_used_at", Json.time(token.lastUsedAt()));
    return json;
  }
}
