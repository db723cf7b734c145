package dev.muster.server.configuration;

import dev.muster.inline.AllowedServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Reads what the replica may run itself. */
final class InlineJobReading {
  private static final int MOST_SLOTS = 64;
  private static final int MOST_SERVERS = 100;
  private static final int DAY_OF_SECONDS = 86_400;
  private static final int KIB = 1_024;

  private final Settings settings;

  InlineJobReading(Settings settings) {
    this.settings = settings;
  }

  InlineJobSettings read() {
    return new InlineJobSettings(
        settings.number(Setting.INLINE_SLOTS, 2, 0, MOST_SLOTS),
        settings.number(Setting.INLINE_HEAP_MIB, 64, 16, 2_048),
        seconds(Setting.INLINE_TIME_SECONDS, 60),
        seconds(Setting.INLINE_CPU_SECONDS, 30),
        settings.number(Setting.INLINE_OUTPUT_KIB, 512, 1, 8 * KIB) * KIB,
        settings.find(Setting.INLINE_HTTP_SERVERS, InlineJobReading::servers).orElse(List.of()));
  }

  private Duration seconds(Setting setting, int usual) {
    return Duration.ofSeconds(settings.number(setting, usual, 1, DAY_OF_SECONDS));
  }

  private static List<AllowedServer> servers(String text) {
    String[] entries = text.split(",", -1);
    if (entries.length > MOST_SERVERS) {
      throw new IllegalArgumentException("must not be more than " + MOST_SERVERS);
    }
    return Stream.of(entries).map(AllowedServer::parse).distinct().toList();
  }
}
