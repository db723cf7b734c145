package dev.muster.jdbc.job;

import dev.muster.ports.out.job.IntakeContract;
import dev.muster.ports.out.job.JobStorage;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcIntakeTest extends IntakeContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
