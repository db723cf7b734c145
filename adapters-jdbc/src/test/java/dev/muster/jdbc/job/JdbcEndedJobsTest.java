package dev.muster.jdbc.job;

import dev.muster.ports.out.job.EndedJobsContract;
import dev.muster.ports.out.job.JobStorage;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcEndedJobsTest extends EndedJobsContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
