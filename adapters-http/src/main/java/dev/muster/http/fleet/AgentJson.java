package dev.muster.http.fleet;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.document.AgentDocument;
import dev.muster.http.route.Paging;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStanding;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStats;
import dev.muster.ports.paging.PageRequest;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Agents on the wire, as people see them. */
final class AgentJson {
  /** The parameter by which operators name a tenant. */
  static final String TENANT_ID = "tenant_id";

  /** The parameters of a list. */
  static final String[] LIST = {
    Paging.LIMIT, Paging.CURSOR, "online", "enabled", "region", "capability"
  };

  /** The parameters of a list of one tenant's agents. */
  static final String[] TENANT_LIST = {
    Paging.LIMIT, Paging.CURSOR, "online", "enabled", "region", "capability", TENANT_ID
  };

  static final Shape<Wanted> WANTED =
      in -> {
        var online = in.optional("online", Kinds.flag());
        var enabled = in.optional("enabled", Kinds.flag());
        var region = in.optional("region", Words.LABEL);
        var capability = in.optional("capability", Words.LABEL);
        var tenant = in.optional(TENANT_ID, Words.TENANT_ID);
        var page = Paging.of(in);
        return () ->
            new Wanted(
                Optional.ofNullable(tenant.orNull()),
                new AgentFilter(
                    online.orNull(), enabled.orNull(), region.orNull(), capability.orNull()),
                page.get());
      };

  static final Shape<Optional<TenantId>> TENANT =
      in -> {
        var tenant = in.optional(TENANT_ID, Words.TENANT_ID);
        return () -> Optional.ofNullable(tenant.orNull());
      };

  private AgentJson() {}

  /**
   * Which agents are wanted.
   *
   * @param tenant the tenant that was named, if any
   */
  record Wanted(Optional<TenantId> tenant, AgentFilter filter, PageRequest page) {}

  static ObjectNode of(AgentStanding standing) {
    return AgentDocument.of(standing.agent()).put("online", standing.online());
  }

  static ObjectNode of(AgentStats stats) {
    return Json.object()
        .put("total", stats.total())
        .put("online", stats.online())
        .put("offline", stats.offline())
        .put("disabled", stats.disabled())
        .put("draining", stats.draining())
        .put("capacity", stats.capacity())
        .put("leased", stats.leased());
  }
}
