package dev.muster.agent.configuration;

import dev.muster.domain.update.PublisherKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads how the agent is to be updated. */
final class Updating {
  private static final int MOST_KEYS = 2;
  private static final Pattern BOOL = Pattern.compile("true|false");
  private static final Pattern ANY = Pattern.compile(".*");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final SettingsReader reader;
  private final Problems problems;

  Updating(SettingsReader reader, Problems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  UpdateSettings read() {
    return new UpdateSettings(
        Boolean.parseBoolean(reader.text(Setting.UPDATE_ENABLED, "true", BOOL)),
        publishers(),
        reader.time(Setting.UPDATE_INTERVAL, Duration.ofMinutes(10), DAY),
        reader.time(Setting.UPDATE_DOWNLOAD, Duration.ofMinutes(10), HOUR),
        reader.time(Setting.UPDATE_DRAIN, Duration.ofMinutes(10), DAY),
        reader.time(Setting.UPDATE_PROOF, Duration.ofSeconds(60), HOUR),
        reader.time(Setting.UPDATE_TRIAL, Duration.ofMinutes(15), DAY));
  }

  private List<PublisherKey> publishers() {
    List<PublisherKey> keys = new ArrayList<>();
    for (String text : reader.texts(Setting.UPDATE_PUBLISHER_KEYS, ANY, MOST_KEYS)) {
      try {
        keys.add(PublisherKey.parse(text));
      } catch (IllegalArgumentException none) {
        problems.add(Setting.UPDATE_PUBLISHER_KEYS.key(), String.valueOf(none.getMessage()));
      }
    }
    return keys;
  }
}
