package dev.muster.jdbc.job;

import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.LeasesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcLeasesTest extends LeasesContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
