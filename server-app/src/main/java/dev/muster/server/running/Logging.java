package dev.muster.server.running;

import dev.muster.server.configuration.ServerConfiguration.LogSettings;
import java.util.Locale;

/** Sets the log up, before the first line is written. */
public final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  /** One line an event on standard error, from a level on. */
  public static void configure(LogSettings settings) {
    String level = settings.level().name().toLowerCase(Locale.ROOT);
    set("log.dev.muster", level);
    set("log.audit", level);
    set("defaultLogLevel", settings.level() == LogSettings.Level.ERROR ? "error" : "warn");
    // It prints a stack trace for each connection that breaks; what failed by it has its own line.
    set("log.com.zaxxer.hikari.pool.ProxyConnection", "error");
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("showThreadName", "false");
    set("showShortLogName", "true");
    set("levelInBrackets", "false");
    if (settings.format() == LogSettings.Format.JSON) {
      System.setErr(JsonLines.over(System.err));
    }
  }

  private static void set(String name, String value) {
    System.setProperty(PREFIX + name, value);
  }
}
