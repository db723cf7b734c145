package dev.muster.agent.fake;

import java.time.Duration;
import java.util.Map;

/** What the fake server does with one request. */
public sealed interface Answer {
  /** Sends this. */
  record Sent(int status, String type, String body, Map<String, String> headers)
      implements Answer {}

  /** Hangs up without a word, after having done what was asked when it says so. */
  record HangUp(boolean afterDoing) implements Answer {}

  /** Holds the connection for a while and cuts it, as some load balancers do. */
  record Cut(Duration after) implements Answer {}

  /** Never answers. */
  record Silence() implements Answer {}

  /** As a Muster server would. */
  record Usual() implements Answer {}

  /** A problem document. */
  static Answer problem(int status, String code) {
    return new Sent(
        status,
        "application/problem+json",
        "{\"title\":\"no\",\"status\":" + status + ",\"code\":\"" + code + "\"}",
        Map.of());
  }

  /** What a captive portal says to everything. */
  static Answer loginPage() {
    return new Sent(200, "text/html", "<html>Please log in</html>", Map.of());
  }
}
