package dev.muster.http.access;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserToken;
import dev.muster.ports.in.access.UserAdministration.NewToken;
import dev.muster.ports.in.access.UserAdministration.NewUser;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Users and their tokens on the wire. */
final class UserJson {
  /** Ten years. */
  private static final int MOST_HOURS = 87_600;

  private static final Kind<List<Permission>> PERMISSIONS =
      Kinds.uniqueList(Kinds.oneOf(Permission.class), Permission.values().length);

  private static final Map<String, Action> ACTION_NAMES =
      Arrays.stream(Action.values())
          .collect(Collectors.toUnmodifiableMap(Action::wireName, Function.identity()));

  private static final Kind<List<Action>> ACTIONS =
      Kinds.uniqueList(Kinds.oneOf(ACTION_NAMES), Action.values().length);

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
        var permissions = in.optional("permissions", PERMISSIONS);
        var actions = in.optional("actions", ACTIONS);
        var readOnly = in.optional("read_only", Kinds.bool());
        return () ->
            new NewToken(
                description.or(""),
                hours.orNull(),
                new TokenScope(
                    setOrNull(permissions.orNull()),
                    setOrNull(actions.orNull()),
                    readOnly.or(false)));
      };

  private UserJson() {}

  private static <T> @Nullable Set<T> setOrNull(@Nullable List<T> list) {
    return list == null ? null : Set.copyOf(list);
  }

  static ObjectNode of(User user) {
    var json = Json.object();
    json.put("id", user.id().toString());
    json.put("tenant_id", user.tenant().toString());
    json.put("name", user.name());
    json.put("role", user.role().wireName());
    json.put("created_at", Json.time(user.createdAt()));
    return json;
  }

  private static <T> JsonNode words(@Nullable Set<T> set, Function<T, String> name) {
    return set == null
        ? NullNode.getInstance()
        : Json.strings(set.stream().map(name).sorted().toList());
  }

  static ObjectNode of(UserToken token) {
    var json = Json.object();
    json.put("id", token.id().toString());
    json.put("user_id", token.user().toString());
    json.put("prefix", token.prefix());
    json.put("description", token.description());
    json.set("permissions", words(token.scope().permissions(), Permission::wireName));
    json.set("actions", words(token.scope().actions(), Action::wireName));
    json.put("read_only", token.scope().readOnly());
    json.put("created_at", Json.time(token.createdAt()));
    json.put("expires_at", Json.time(token.expiresAt()));
    json.put("revoked_at", Json.time(token.revokedAt()));
    json.put("last_used_at", Json.time(token.lastUsedAt()));
    return json;
  }
}
