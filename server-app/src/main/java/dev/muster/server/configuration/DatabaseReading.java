package dev.muster.server.configuration;

import dev.muster.domain.credential.Secret;
import dev.muster.server.configuration.DatabaseChoice.Embedded;
import dev.muster.server.configuration.DatabaseChoice.External;
import dev.muster.server.configuration.DatabaseChoice.Login;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which database to work with: exactly one of two. */
final class DatabaseReading {
  private static final String SCHEME = "jdbc:postgresql:";
  private static final Pattern PASSWORD = Pattern.compile("(?i)[?&](ssl)?password=|//[^/?]*@");

  /** Stands in where the choice is wrong; the reading is then refused. */
  private static final DatabaseChoice NONE = new Embedded(Path.of(""));

  private static final List<Setting> EXTERNAL_ONLY =
      List.of(
          Setting.DB_USER, Setting.DB_PASSWORD, Setting.DB_OWNER_USER, Setting.DB_OWNER_PASSWORD);

  private final Settings settings;
  private final Problems problems;

  DatabaseReading(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  DatabaseChoice read() {
    boolean external = settings.isGiven(Setting.DB_URL);
    boolean embedded = settings.isGiven(Setting.EMBEDDED_DB);
    if (external == embedded) {
      problems.add(
          "MUSTER_DB_URL, MUSTER_EMBEDDED_DB",
          external ? "give one of the two, not both" : "one of the two is needed");
    }
    return external ? external() : embedded ? embedded() : NONE;
  }

  private DatabaseChoice embedded() {
    for (Setting setting : EXTERNAL_ONLY) {
      if (settings.isGiven(setting)) {
        problems.add(setting, "is for MUSTER_DB_URL; the embedded database makes its own logins");
      }
    }
    return settings.path(Setting.EMBEDDED_DB).<DatabaseChoice>map(Embedded::new).orElse(NONE);
  }

  private DatabaseChoice external() {
    String url = settings.find(Setting.DB_URL, DatabaseReading::checkedUrl).orElse("");
    Optional<Secret> password = settings.secret(Setting.DB_PASSWORD);
    Login server = new Login(user(Setting.DB_USER).orElse(""), password);
    if (server.user().isEmpty()) {
      problems.add(Setting.DB_USER, "is needed with MUSTER_DB_URL");
    }
    return new External(url, server, owner().orElse(server));
  }

  private Optional<Login> owner() {
    Optional<Secret> password = settings.secret(Setting.DB_OWNER_PASSWORD);
    Optional<String> user = user(Setting.DB_OWNER_USER);
    if (user.isEmpty() && settings.isGiven(Setting.DB_OWNER_PASSWORD)) {
      problems.add(Setting.DB_OWNER_USER, "is needed with MUSTER_DB_OWNER_PASSWORD");
    }
    return user.map(name -> new Login(name, password));
  }

  private Optional<String> user(Setting setting) {
    return settings.find(setting).map(Found::value);
  }

  private static String checkedUrl(String url) {
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("must be a JDBC URL: jdbc:postgresql://host:5432/muster");
    }
    if (PASSWORD.matcher(url).find()) {
      throw new IllegalArgumentException(
          "must not hold credentials; give them as MUSTER_DB_USER and MUSTER_DB_PASSWORD");
    }
    return url;
  }
}
