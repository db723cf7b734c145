package dev.muster.benchmarks.fleet;

import dev.muster.benchmarks.wire.Answer;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import dev.muster.benchmarks.wire.Volley;
import dev.muster.outside.UnexpectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Agents of the platform. */
public final class Agents {
  private static final int AT_ONCE = 16;
  private static final Pattern KEY = Pattern.compile("\"api_key\":\"([^\"]+)\"");

  private Agents() {}

  /** Makes agents; answers what they post with. */
  public static List<Post> make(RunningServer server, int count, int slots) throws IOException {
    Post operator = new Post(RunningServer.ADMIN_TOKEN);
    Post[] agents = new Post[count];
    try (EventLoop loop = EventLoop.open()) {
      List<Connection> connections = new ArrayList<>();
      for (int i = 0; i < Math.min(AT_ONCE, count); i++) {
        connections.add(loop.connect(server.port()));
      }
      Volley.send(
          loop,
          connections,
          count,
          number ->
              operator.of(
                  "/api/v1/admin/platform-agents",
                  "{\"name\": \"agent-%d\", \"max_concurrent\": %d}".formatted(number, slots)),
          (number, answer) -> agents[number] = new Post(key(answer)));
    }
    return Arrays.asList(agents);
  }

  private static String key(Answer answer) {
    Matcher key = KEY.matcher(answer.text());
    if (!key.find()) {
      throw new UnexpectedException("no key in " + answer.text());
    }
    return key.group(1);
  }
}
