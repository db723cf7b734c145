package dev.muster.benchmarks.fleet;

import dev.muster.benchmarks.wire.Post;
import dev.muster.outside.Api;
import java.util.ArrayList;
import java.util.List;

/** Tenants with a user each, all in one plan whose limits do not limit. */
public final class Tenants {
  private static final String UNLIMITED =
      "{\"max_concurrent_jobs\": 1000000, \"max_queue_size\": 1000000, \"weight\": 50}";

  private Tenants() {}

  /** Makes tenants; answers what their users post with. */
  public static List<Post> make(Api operator, int count) {
    return makeWithTokens(operator, count).stream().map(Post::new).toList();
  }

  static List<String> makeWithTokens(Api operator, int count) {
    operator.put("/api/v1/admin/plans/enterprise", UNLIMITED);
    List<String> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(userToken(operator, "bench-" + i));
    }
    return users;
  }

  private static String userToken(Api operator, String tenant) {
    operator.post(
        "/api/v1/admin/tenants",
        "{\"slug\": \"%1$s\", \"name\": \"%1$s\", \"plan\": \"enterprise\"}".formatted(tenant));
    String user =
        operator
            .post(
                "/api/v1/admin/users",
                "{\"name\": \"submits\", \"role\": \"member\", \"tenant_slug\": \"%s\"}"
                    .formatted(tenant))
            .path("id")
            .asString();
    return operator
        .post("/api/v1/admin/users/" + user + "/tokens", "{\"description\": \"b\"}")
        .path("raw_token")
        .asString();
  }
}
