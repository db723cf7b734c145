package dev.muster.demo;

import dev.muster.outside.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Two jobs, and a search for the secret that one of them used. */
final class Demonstration {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Fleet fleet;
  private final Target target;
  private final Story story;

  Demonstration(Fleet fleet, Target target, Story story) {
    this.fleet = fleet;
    this.target = target;
    this.story = story;
  }

  boolean run() throws IOException, InterruptedException {
    boolean program =
        follow("a program, run by exec", "{\"tool\": \"disk-free\", \"path\": \"/\"}");
    boolean call =
        follow(
            "a call, made by http, with a secret from the agent's vault",
            """
            {"connector": "http",
             "request": {"method": "GET", "url": "%s",
                         "headers": {"Authorization": "Bearer %s"}},
             "expect": {"status": 200}}
            """
                .formatted(target.url(), Fleet.SECRET_REFERENCE));
    return program & call & isSecretNowhere();
  }

  private boolean follow(String what, String payload) throws InterruptedException {
    story.tell("");
    story.tell("job       %s", what);
    JsonNode submitted =
        fleet
            .user()
            .post(
                "/api/v1/platform-jobs",
                "{\"type\": \"demo\", \"payload\": %s}".formatted(payload));
    String id = submitted.path("job").path("id").asString();
    story.tell("submitted %s, %s", id, submitted.path("status").asString());
    JobWatch watch = new JobWatch(fleet, story, id);
    Patience.until(LONGEST, "job " + id + " to end", watch::look);
    return watch.isCompleted();
  }

  private boolean isSecretNowhere() throws IOException {
    List<Path> files = fleet.filesOfServer();
    List<byte[]> forms = SecretForms.of(target.secret());
    long bytes = 0;
    for (Path file : files) {
      byte[] content = contentOf(file);
      bytes += content.length;
      if (forms.stream().anyMatch(form -> indexOf(content, form) >= 0)) {
        story.failed("the secret stands in " + file);
        return false;
      }
    }
    story.tell("");
    story.tell(
        "secret    found nowhere in the server's database, its log, or the agent's log, plain,"
            + " in base64 or in hex (%d files, %d MB)",
        files.size(), bytes / 1_000_000);
    return true;
  }

  /** PostgreSQL may remove a file of its own meanwhile. */
  private static byte[] contentOf(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException gone) {
      return new byte[0];
    }
  }

  private static int indexOf(byte[] content, byte[] wanted) {
    for (int start = 0; start <= content.length - wanted.length; start++) {
      int matched = 0;
      while (matched < wanted.length && content[start + matched] == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return start;
      }
    }
    return -1;
  }
}
