package dev.muster.endtoend;

import tools.jackson.databind.JsonNode;

/** The operator of the tests: makes tenants, users and agents. */
record Operator(ApiClient api) {
  static Operator of(ServerProcess server) {
    return new Operator(new ApiClient(server.url(), ServerProcess.ADMIN_TOKEN));
  }

  /** A tenant and an administrator of its own. */
  Customer customer(String slug, String plan, String pool) throws Exception {
    JsonNode tenant =
        api.post(
                "/api/v1/admin/tenants",
                "{\"slug\": \"%s\", \"name\": \"%s\", \"plan\": \"%s\", \"pool\": \"%s\"}"
                    .formatted(slug, slug, plan, pool))
            .expect(201);
    return new Customer(
        tenant.path("id").asString(), new ApiClient(api.server(), userToken(slug, "admin")));
  }

  String userToken(String slug, String role) throws Exception {
    String user =
        api.post(
                "/api/v1/admin/users",
                "{\"name\": \"%s of %s\", \"role\": \"%s\", \"tenant_slug\": \"%s\"}"
                    .formatted(role, slug, role, slug))
            .expect(201)
            .path("id")
            .asString();
    return api.post("/api/v1/admin/users/" + user + "/tokens", "{\"description\": \"tests\"}")
        .expect(201)
        .path("raw_token")
        .asString();
  }

  String bootstrapToken(int uses) throws Exception {
    return api.post("/api/v1/admin/bootstrap-tokens", "{\"max_uses\": %d}".formatted(uses))
        .expect(201)
        .path("raw_token")
        .asString();
  }

  /** A platform agent whose protocol the test speaks itself. */
  SimulatedAgent agent(String name, int maxConcurrent) throws Exception {
    return agent("{\"name\": \"%s\", \"max_concurrent\": %d}".formatted(name, maxConcurrent));
  }

  SimulatedAgent agent(String body) throws Exception {
    JsonNode enrolled = api.post("/api/v1/admin/platform-agents", body).expect(201);
    return new SimulatedAgent(
        enrolled.path("agent").path("id").asString(),
        new ApiClient(api.server(), enrolled.path("api_key").asString()));
  }
}
