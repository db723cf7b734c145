package dev.muster.http.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.route.Watch;
import dev.muster.ports.in.update.AgentUpdates.Artifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UpdateRoutesTest {
  private static final byte[] PIECE = new byte[100];

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  @Test
  void an_artifact_is_sent_as_long_as_its_reader_may_have_it() throws IOException {
    UpdateRoutes.write(threePieces(), pause -> true, sent);

    assertThat(sent.size()).isEqualTo(300);
  }

  @Test
  void an_artifact_stops_when_the_key_of_its_reader_is_taken_back() {
    var asked = new AtomicInteger();
    Watch untilTheSecond = pause -> asked.incrementAndGet() < 2;

    assertThatThrownBy(() -> UpdateRoutes.write(threePieces(), untilTheSecond, sent))
        .isInstanceOf(IOException.class);

    assertThat(sent.size()).isEqualTo(200);
  }

  private static Artifact threePieces() {
    return new Artifact(
        300,
        chunks -> {
          for (int piece = 0; piece < 3; piece++) {
            chunks.next(PIECE, PIECE.length);
          }
        });
  }
}
