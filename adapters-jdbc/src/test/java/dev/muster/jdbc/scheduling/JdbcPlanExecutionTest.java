package dev.muster.jdbc.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.scheduling.Grant;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.jdbc.job.JdbcJobStorage;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import dev.muster.ports.out.scheduling.JobQueue.Execution;
import dev.muster.ports.out.scheduling.PlanExecutionContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcPlanExecutionTest extends PlanExecutionContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  /** A replica that is stopped in the middle of its plan holds rows, and may give them back. */
  @Test
  void a_job_that_somebody_holds_is_passed_over_and_still_waits() {
    Agent agent = agent(5);
    Job held = queued(tenant(PlanName.FREE));
    Job free = queued(tenant(PlanName.FREE));
    List<Assignment> plan = List.of(planned(held, agent), planned(free, agent));

    Execution execution =
        STORAGE
            .database()
            .asSuperuser()
            .inTransaction(handle -> {
              handle.execute("SELECT 1 FROM jobs WHERE id = ? FOR UPDATE", held.id().value());
              return execute(plan);
            });

    assertThat(execution.started()).extracting(one -> one.job().id()).containsExactly(free.id());
    assertThat(execution.waiting()).containsExactly(plan.getFirst().planned());
    assertThat(execute(List.of(plan.getFirst())).started()).hasSize(1);
  }

  private Execution execute(List<Assignment> plan) {
    return storage().queue().execute(plan, NOW, NOW.plus(Duration.ofSeconds(60)));
  }

  private static Assignment planned(Job job, Agent agent) {
    Grant grant = new Grant(job.tenant(), job.id(), agent.id());
    return new Assignment(new Planned(grant, QueuedJob.of(job), 0), null);
  }
}
