package dev.muster.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.benchmarks.wire.ClaimedJobs.Job;
import dev.muster.outside.UnexpectedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ClaimedJobsTest {
  private static final String ONE = "01a2040f-6ccb-70bd-b93c-4ee95e924817";
  private static final String OTHER = "01a2040f-6e5f-78f1-816d-50c92919e7b1";

  @Test
  void each_job_is_read_once_though_the_first_stands_there_twice() {
    String job = "{\"id\":\"" + ONE + "\",\"attempt\":3,\"attempts_used\":2}";
    String other = "{\"id\":\"" + OTHER + "\",\"attempt\":12,\"attempts_used\":7}";

    assertThat(ClaimedJobs.of(answer(200, claimed(job, job + "," + other))))
        .containsExactly(new Job(ONE, 3), new Job(OTHER, 12));
  }

  @Test
  void an_empty_claim_has_no_jobs() {
    assertThat(ClaimedJobs.of(answer(200, claimed("null", "")))).isEmpty();
  }

  @Test
  void a_refusal_ends_the_run() {
    assertThatThrownBy(() -> ClaimedJobs.of(answer(403, "{\"code\":\"agent_disabled\"}")))
        .isInstanceOf(UnexpectedException.class)
        .hasMessageContaining("agent_disabled");
  }

  private static String claimed(String first, String all) {
    return "{\"job\":%s,\"jobs\":[%s],\"no_job_available\":false,\"control\":[]}"
        .formatted(first, all);
  }

  private static Answer answer(int status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new Answer(status, bytes, 0, bytes.length);
  }
}
