package dev.muster.domain.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A release, offered to one agent for a while.
 *
 * @param issued when, to the second
 * @param expires when it is no longer to be taken, to the second
 */
public record Offer(
    AgentId agent, TenantId tenant, Release release, Instant issued, Instant expires) {
  /** The longest that an offer may be good for. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final String PURPOSE = "muster-update-v1";
  private static final int LINES = 11;
  private static final int MOST_CHARACTERS = 1024;
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** What the server signs with the agent's update key. */
  public byte[] signedText() {
    String text =
        String.join(
            "\n",
            PURPOSE,
            agent.toString(),
            tenant.toString(),
            Long.toString(release.sequence()),
            Long.toString(release.floor()),
            release.version(),
            Integer.toString(release.leastJava()),
            Long.toString(release.length()),
            release.sha256(),
            Long.toString(issued.getEpochSecond()),
            Long.toString(expires.getEpochSecond()));
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a text whose signature was found to be right. Empty for everything that {@link
   * #signedText} would not have written, to the byte.
   */
  public static Optional<Offer> read(String text) {
    String[] lines = text.length() > MOST_CHARACTERS ? new String[0] : text.split("\n", -1);
    if (lines.length != LINES || !lines[0].equals(PURPOSE)) {
      return Optional.empty();
    }
    try {
      Offer offer =
          new Offer(
              new AgentId(uuid(lines[1])),
              new TenantId(uuid(lines[2])),
              new Release(
                  Long.parseLong(lines[3]),
                  Long.parseLong(lines[4]),
                  lines[5],
                  Integer.parseInt(lines[6]),
                  Long.parseLong(lines[7]),
                  lines[8]),
              moment(lines[9]),
              moment(lines[10]));
      return Optional.of(offer).filter(read -> text.equals(read.asText()));
    } catch (IllegalArgumentException | java.time.DateTimeException none) {
      return Optional.empty();
    }
  }

  private String asText() {
    return new String(signedText(), StandardCharsets.US_ASCII);
  }

  private static UUID uuid(String text) {
    if (!UUID_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an id");
    }
    return UUID.fromString(text);
  }

  private static Instant moment(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }
}
