package dev.muster.agent.fake;

import java.util.List;
import java.util.Map;

/** What networks and what stands before servers answer in a server's place. */
public final class Strangers {
  private static final String PAGE = "<html>Please log in</html>";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JSON = "application/json";

  private Strangers() {}

  /** One of each kind. */
  public static List<Answer> all() {
    return List.of(
        Answer.loginPage(),
        new Answer.Sent(
            302, HTML, PAGE, Map.of("Location", "http://login.hotel.example/?from=muster")),
        new Answer.Sent(503, HTML, PAGE, Map.of()),
        new Answer.Sent(511, HTML, PAGE, Map.of()),
        new Answer.Sent(401, HTML, PAGE, Map.of()),
        new Answer.Sent(403, JSON, "{\"message\": \"Forbidden\"}", Map.of()),
        new Answer.Sent(404, JSON, "{\"message\": \"no route\"}", Map.of()),
        new Answer.Sent(200, JSON, "{\"ok\": true}", Map.of()),
        new Answer.Sent(200, JSON, "[1]", Map.of()),
        new Answer.Sent(200, JSON, "{\"jobs\": [", Map.of()),
        new Answer.Sent(204, "text/plain", "", Map.of()),
        new Answer.Sent(200, HTML, "x".repeat(1 << 20), Map.of()));
  }
}
