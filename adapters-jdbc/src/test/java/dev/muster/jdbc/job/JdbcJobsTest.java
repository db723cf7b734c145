package dev.muster.jdbc.job;

import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcJobsTest extends JobsContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
