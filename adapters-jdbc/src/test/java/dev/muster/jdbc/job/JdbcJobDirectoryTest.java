package dev.muster.jdbc.job;

import dev.muster.ports.out.job.JobDirectoryContract;
import dev.muster.ports.out.job.JobStorage;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcJobDirectoryTest extends JobDirectoryContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
