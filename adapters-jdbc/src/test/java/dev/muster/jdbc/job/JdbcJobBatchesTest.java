package dev.muster.jdbc.job;

import dev.muster.ports.out.job.JobBatchesContract;
import dev.muster.ports.out.job.JobStorage;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcJobBatchesTest extends JobBatchesContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
