package dev.muster.http.fleet;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.Permission;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What agents may do, on the wire. */
final class GrantJson {
  static final Shape<Wanted> WANTED =
      in -> {
        var permissions =
            in.required(
                "permissions",
                Kinds.uniqueList(Kinds.oneOf(Permission.class), Permission.values().length));
        var note = in.optional("note", Words.DESCRIPTION);
        return () -> new Wanted(Set.copyOf(permissions.get()), note.or(""));
      };

  private GrantJson() {}

  /** What an agent is to be granted, and why. */
  record Wanted(Set<Permission> permissions, String note) {}

  /** An agent with all that it may, and who granted what of it. */
  static ObjectNode withGrants(ObjectNode agent, List<AgentGrant> grants) {
    Set<Permission> granted =
        grants.stream().map(AgentGrant::permission).collect(Collectors.toSet());
    agent.set(
        "permissions",
        Json.strings(
            AgentGrant.withInnate(granted).stream().map(Permission::wireName).sorted().toList()));
    var list = agent.putArray("grants");
    grants.forEach(grant -> list.add(of(grant)));
    return agent;
  }

  private static ObjectNode of(AgentGrant grant) {
    var id = grant.by().id();
    var by = Json.object();
    by.put("kind", grant.by().kind());
    by.put("id", id == null ? null : id.toString());
    by.put("name", grant.by().name());
    var json = Json.object();
    json.put("permission", grant.permission().wireName());
    json.set("granted_by", by);
    json.put("granted_at", Json.time(grant.at()));
    json.put("note", grant.note());
    return json;
  }
}
