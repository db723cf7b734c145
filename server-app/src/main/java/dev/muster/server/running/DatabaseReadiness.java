package dev.muster.server.running;

import dev.muster.http.Readiness;
import dev.muster.jdbc.JdbcDatabase;
import dev.muster.ports.in.audit.AuditKeeping;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ready while the database answers. What is wrong with the audit log is a warning, no more. */
record DatabaseReadiness(JdbcDatabase database, AuditKeeping audit) implements Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReadiness.class);

  @Override
  public List<String> missing() {
    return database.answers() ? List.of() : List.of("database");
  }

  @Override
  public List<String> warnings() {
    try {
      return audit.warnings();
    } catch (RuntimeException fault) {
      LOG.debug("the audit log could not be looked at", fault);
      return List.of("audit_unknown");
    }
  }
}
