package dev.muster.jdbc;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.TemplateEngine;

/** How values go into statements, and what exceptions must not tell. */
final class JdbiSetup {
  private JdbiSetup() {}

  static Jdbi on(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    jdbi.registerArgument(new Moments());
    jdbi.registerArgument(new Ids());
    // Statements are finished texts. Rendered each time, each would be another text, and what is
    // known of it would have to be found by all of its characters.
    jdbi.setTemplateEngine(TemplateEngine.NOP);
    // Arguments are payloads and hashes: they belong in no log.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi;
  }

  /** To the microsecond, as PostgreSQL keeps them; it would round, and so reach into the future. */
  private static final class Moments extends AbstractArgumentFactory<Instant> {
    private Moments() {
      super(Types.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    protected Argument build(Instant value, ConfigRegistry config) {
      var moment = value.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
      return (position, statement, context) -> statement.setObject(position, moment);
    }
  }

  /** The driver knows the type by itself. */
  private static final class Ids extends AbstractArgumentFactory<UUID> {
    private Ids() {
      super(Types.OTHER);
    }

    @Override
    protected Argument build(UUID value, ConfigRegistry config) {
      return (position, statement, context) -> statement.setObject(position, value);
    }
  }
}
