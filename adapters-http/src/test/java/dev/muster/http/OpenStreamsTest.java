package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.route.Answer;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {
  private final OpenStreams streams = new OpenStreams();

  @Test
  void one_credential_has_so_many_streams_and_others_are_not_concerned() throws Exception {
    List<Answer.Stream> open = new ArrayList<>();
    for (int i = 0; i < OpenStreams.MOST; i++) {
      open.add(streams.counted("one", stream(false)));
    }

    assertThatThrownBy(() -> streams.counted("one", stream(false)))
        .isInstanceOfSatisfying(
            Rejection.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo(ProblemCode.RATE_LIMITED);
              assertThat(refused.problem().headers()).containsEntry("Retry-After", "10");
            });
    streams.counted("other", stream(false));
    open.getFirst().writer().writeTo(new ByteArrayOutputStream());
    streams.counted("one", stream(false));
  }

  @Test
  void one_that_failed_counts_no_more_and_nothing_is_kept_of_it() {
    var counted = streams.counted("one", stream(true));

    assertThatThrownBy(() -> counted.writer().writeTo(new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class);
    assertThat(streams.now()).isEmpty();
  }

  private static Answer.Stream stream(boolean broken) {
    return new Answer.Stream(
        200,
        Map.of(),
        "text/plain",
        out -> {
          if (broken) {
            throw new IOException("the reader is gone");
          }
          out.write('x');
        });
  }
}
