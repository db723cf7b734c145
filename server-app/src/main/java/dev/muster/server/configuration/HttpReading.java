package dev.muster.server.configuration;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads where the server listens and which proxies it believes. */
final class HttpReading {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
  private static final int MOST_HOPS = 16;
  private static final int MOST_PROXIES = 1_000;
  private static final int LEAST_CONNECTIONS = 16;
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final int LAST_PORT = 65_535;

  private final Settings settings;

  HttpReading(Settings settings) {
    this.settings = settings;
  }

  HttpSettings read() {
    return new HttpSettings(
        settings.find(Setting.HTTP_HOST, HttpReading::host).orElse("0.0.0.0"),
        settings.number(Setting.HTTP_PORT, 8080, 0, LAST_PORT),
        grpcPort(),
        settings.number(Setting.MAX_CONNECTIONS, 20_000, LEAST_CONNECTIONS, MOST_CONNECTIONS),
        settings.find(Setting.TRUSTED_PROXIES, HttpReading::proxies).orElse(List.of()),
        settings.number(Setting.TRUSTED_HOPS, 0, 0, MOST_HOPS),
        settings.parsed(settings.secretAt(Setting.PROXY_SECRET), SecretForms::sharedSecret));
  }

  /** Unlike any other setting, this one says something by being empty. */
  private OptionalInt grpcPort() {
    return settings.isEmptied(Setting.GRPC_PORT)
        ? OptionalInt.empty()
        : OptionalInt.of(settings.number(Setting.GRPC_PORT, 9090, 0, LAST_PORT));
  }

  private static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException("must be an address or a name of this machine");
    }
    return text;
  }

  private static List<AddressRange> proxies(String text) {
    String[] entries = text.split(",", -1);
    if (entries.length > MOST_PROXIES) {
      throw new IllegalArgumentException("must not be more than " + MOST_PROXIES);
    }
    return Stream.of(entries).map(AddressRange::parse).distinct().toList();
  }
}
