package dev.muster.jdbc.fleet;

import dev.muster.jdbc.job.JdbcJobStorage;
import dev.muster.ports.out.fleet.InlineAgentsContract;
import dev.muster.ports.out.job.JobStorage;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcInlineAgentsTest extends InlineAgentsContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
