package dev.muster.server.configuration;

import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.Secret;
import dev.muster.server.configuration.ServerConfiguration.AccessSettings;
import dev.muster.server.configuration.ServerConfiguration.JobSettings;
import dev.muster.server.configuration.ServerConfiguration.LocalMode;
import dev.muster.server.configuration.ServerConfiguration.LogSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the configuration of its three sources, or finds everything that is wrong with them. */
public final class ConfigurationReading {
  private static final int MOST_YEARS_OF_DAYS = 36_500;
  private static final int MOST_REQUESTS = 10_000_000;
  private static final int LONGEST_LEASE_SECONDS = 3_600;
  private static final int SHORTEST_LEASE_SECONDS = 3;

  private final Problems problems;
  private final Settings settings;
  private final Sources sources;
  private final Purpose purpose;

  private ConfigurationReading(Purpose purpose, Sources sources) {
    this.purpose = purpose;
    this.sources = sources;
    this.problems = new Problems();
    this.settings = new Settings(sources, ConfigurationFile.of(sources, problems), problems);
  }

  /** Reads the configuration for a command. */
  public static ConfigurationOutcome read(Purpose purpose, Sources sources) {
    var reading = new ConfigurationReading(purpose, sources);
    ServerConfiguration configuration = reading.read();
    List<Problem> problems = reading.problems.list();
    return problems.isEmpty()
        ? new ConfigurationOutcome.Valid(configuration)
        : new ConfigurationOutcome.Invalid(problems);
  }

  private ServerConfiguration read() {
    refuseWhatComesLater();
    DatabaseChoice database = new DatabaseReading(settings, problems).read();
    return new ServerConfiguration(
        database,
        masterKeys(database),
        new HttpReading(settings).read(),
        access(),
        local(),
        jobs(),
        new InlineJobReading(settings).read(),
        logging(),
        new TracingReading(settings, problems).read(),
        Notices.in(sources, settings));
  }

  private void refuseWhatComesLater() {
    for (Setting setting : Setting.values()) {
      if (setting.isLater()) {
        settings
            .find(setting)
            .ifPresent(found -> problems.add(found.place(), "is not supported yet; leave it out"));
      }
    }
  }

  private Optional<MasterKeys> masterKeys(DatabaseChoice database) {
    Optional<Found> text = settings.secretAt(Setting.MASTER_KEY);
    if (text.isEmpty()
        && purpose != Purpose.ADMINISTRATION
        && database instanceof DatabaseChoice.External
        && !settings.isGiven(Setting.MASTER_KEY)) {
      problems.add(
          Setting.MASTER_KEY, "is needed with MUSTER_DB_URL: 64 hex digits (openssl rand -hex 32)");
    }
    return settings.parsed(text, value -> MasterKeys.parse(Secret.of(value)));
  }

  private AccessSettings access() {
    return new AccessSettings(
        settings.parsed(settings.secretAt(Setting.ADMIN_TOKEN), SecretForms::adminToken),
        settings.number(Setting.RATE_LIMIT, 600, 1, MOST_REQUESTS),
        settings.isOn(Setting.LEGACY_REGISTRATION),
        settings.isOn(Setting.AUDIT_READS));
  }

  private Optional<LocalMode> local() {
    boolean on = settings.isOn(Setting.LOCAL_MODE);
    Optional<Secret> key =
        settings.parsed(settings.secretAt(Setting.LOCAL_AGENT_KEY), SecretForms::sharedSecret);
    if (on && !settings.isGiven(Setting.LOCAL_AGENT_KEY)) {
      problems.add(Setting.LOCAL_AGENT_KEY, "is needed with LOCAL_MODE=true");
    }
    return key.filter(any -> on).map(LocalMode::new);
  }

  private JobSettings jobs() {
    int lease =
        settings.number(Setting.LEASE_SECONDS, 60, SHORTEST_LEASE_SECONDS, LONGEST_LEASE_SECONDS);
    int days = settings.number(Setting.JOB_RETENTION_DAYS, 30, 1, MOST_YEARS_OF_DAYS);
    return new JobSettings(
        Duration.ofSeconds(lease),
        settings.number(Setting.FAIRNESS_SLACK, 10, 0, 1_000),
        Duration.ofDays(days));
  }

  private LogSettings logging() {
    return new LogSettings(
        choice(Setting.LOG_LEVEL, LogSettings.Level.INFO),
        choice(Setting.LOG_FORMAT, LogSettings.Format.TEXT));
  }

  private <T extends Enum<T>> T choice(Setting setting, T usual) {
    List<T> all = List.of(usual.getDeclaringClass().getEnumConstants());
    return settings.find(setting, text -> chosen(all, text)).orElse(usual);
  }

  private static <T extends Enum<T>> T chosen(List<T> all, String text) {
    return all.stream()
        .filter(each -> wireName(each).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be one of " + wireNames(all.stream())));
  }

  private static String wireNames(Stream<? extends Enum<?>> all) {
    return all.map(ConfigurationReading::wireName).collect(Collectors.joining(", "));
  }

  private static String wireName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
