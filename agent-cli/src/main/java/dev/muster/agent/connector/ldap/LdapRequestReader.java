package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a payload asks of a directory, and refuses what goes beyond its limits. */
final class LdapRequestReader {
  private static final Set<String> ALWAYS = Set.of("connector", "operation", "server", "bind");
  private static final int MOST_CHANGES = 1_000;

  private final ObjectNode payload;
  private final LdapServer server;
  private final LdapLimits limits;
  private final JobContext context;

  LdapRequestReader(ObjectNode payload, LdapServer server, LdapLimits limits, JobContext context) {
    this.payload = payload;
    this.server = server;
    this.limits = limits;
    this.context = context;
  }

  LdapRequest read(LdapOperation operation) throws RefusedException {
    return switch (operation) {
      case SEARCH -> search();
      case ADD -> add();
      case MODIFY -> modify();
      case DELETE -> {
        refuseUnknown(Set.of("dn"));
        yield new LdapRequest.Delete(server.placeBelow(name("dn")));
      }
      case BIND -> {
        refuseUnknown(Set.of());
        if (!payload.has("bind")) {
          throw RefusedException.invalidPayload("to bind, bind must be given");
        }
        yield new LdapRequest.Bind();
      }
    };
  }

  private LdapRequest search() throws RefusedException {
    refuseUnknown(Set.of("base", "scope", "filter", "attributes", "limit"));
    DN asked = name("base");
    SearchScope scope = scope();
    boolean isRoot = asked.isNullDN() && scope.equals(SearchScope.BASE) && server.rootEntry();
    JsonNode limit = payload.path("limit");
    if (!limit.isMissingNode() && (!limit.isInt() || limit.intValue() < 1)) {
      throw RefusedException.invalidPayload("limit must be a whole number from 1");
    }
    return new LdapRequest.Search(
        isRoot ? DN.NULL_DN : server.place(asked),
        scope,
        new DirectoryFilter(server.concealed()).read(payload.path("filter")),
        AttributeNames.asked(payload.path("attributes")),
        Math.min(limit.asInt(limits.entries()), limits.entries()));
  }

  private SearchScope scope() throws RefusedException {
    return switch (payload.path("scope").asString("sub")) {
      case "base" -> SearchScope.BASE;
      case "one" -> SearchScope.ONE;
      case "sub" -> SearchScope.SUB;
      default -> throw RefusedException.invalidPayload("scope must be base, one or sub");
    };
  }

  private LdapRequest add() throws RefusedException {
    refuseUnknown(Set.of("dn", "attributes"));
    DN entry = server.placeBelow(name("dn"));
    JsonNode given = payload.path("attributes");
    if (!given.isObject() || given.isEmpty() || given.size() > MOST_CHANGES) {
      throw RefusedException.invalidPayload("attributes must be an object of 1 to 1000");
    }
    List<Attribute> attributes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : given.properties()) {
      String attribute = AttributeNames.checked(each.getKey());
      attributes.add(new Attribute(attribute, values(attribute, each.getValue())));
    }
    return new LdapRequest.Add(entry, attributes);
  }

  private LdapRequest modify() throws RefusedException {
    refuseUnknown(Set.of("dn", "changes"));
    DN entry = server.place(name("dn"));
    JsonNode given = payload.path("changes");
    if (!given.isArray() || given.isEmpty() || given.size() > MOST_CHANGES) {
      throw RefusedException.invalidPayload("changes must be a list of 1 to 1000");
    }
    List<Modification> changes = new ArrayList<>();
    for (JsonNode change : given) {
      changes.add(change(change));
    }
    return new LdapRequest.Modify(entry, changes);
  }

  private Modification change(JsonNode change) throws RefusedException {
    if (!Set.of("type", "attribute", "values").containsAll(change.propertyNames())) {
      throw RefusedException.invalidPayload("a change has type, attribute and values only");
    }
    ModificationType type =
        switch (change.path("type").asString("")) {
          case "add" -> ModificationType.ADD;
          case "replace" -> ModificationType.REPLACE;
          case "delete" -> ModificationType.DELETE;
          case "increment" -> ModificationType.INCREMENT;
          default ->
              throw RefusedException.invalidPayload(
                  "a change's type must be add, replace, delete or increment");
        };
    String attribute = AttributeNames.checked(change.path("attribute").asString(""));
    return new Modification(type, attribute, values(attribute, change.path("values")));
  }

  private byte[][] values(String attribute, JsonNode given) throws RefusedException {
    return new DirectoryValues(server, context).read(attribute, given);
  }

  private DN name(String key) throws RefusedException {
    JsonNode name = payload.path(key);
    if (!name.isString()) {
      throw RefusedException.invalidPayload(key + " must be a text");
    }
    return DirectoryNames.parse(name.stringValue(), key);
  }

  private void refuseUnknown(Set<String> known) throws RefusedException {
    for (String key : payload.propertyNames()) {
      if (!known.contains(key) && !ALWAYS.contains(key)) {
        throw RefusedException.invalidPayload("the payload has a key that the operation lacks");
      }
    }
  }
}
