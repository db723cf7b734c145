package dev.muster.jdbc.scheduling;

import dev.muster.jdbc.job.JdbcJobStorage;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.scheduling.ExperienceContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcExperienceTest extends ExperienceContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
