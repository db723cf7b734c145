package dev.muster.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.muster.ports.Outcome;
import dev.muster.protocol.agent.v1.Ask;
import dev.muster.wire.access.Doorman;
import dev.muster.wire.caller.Proxies;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** When the next question is let in. */
class WorkStreamTest {
  private final PortsFake ports = new PortsFake();
  private final CallFake call = new CallFake();
  @AutoClose private final Deadlines deadlines = new Deadlines();
  private final ServerCall.Listener<byte[]> stream = begun();

  @Test
  void the_next_question_may_come_before_the_first_is_answered() {
    assertThat(call.requested()).isEqualTo(1);

    stream.onMessage(ask(1));

    assertThat(call.requested()).isEqualTo(2);
  }

  @Test
  void whoever_does_not_read_what_they_were_answered_is_not_heard_until_they_do() throws Exception {
    call.reads(false);
    stream.onMessage(ask(1));
    ports.grants.add(PortsFake.DRAIN);
    assertThat(call.sent.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(call.requested()).as("nothing beyond the first").isEqualTo(1);

    call.reads(true);
    stream.onReady();
    assertThat(call.requested()).isEqualTo(2);

    stream.onReady();
    assertThat(call.requested()).as("not once more for having read more").isEqualTo(2);
  }

  private ServerCall.Listener<byte[]> begun() {
    var desk = Desk.of(Visitor.Reader.behind(Proxies.NONE), new Doorman(ports, ports), deadlines);
    var metadata = new Metadata();
    metadata.put(ProblemTrailers.ascii("authorization"), "Bearer " + PortsFake.TOKEN);
    var work =
        new WorkHandler(
            desk,
            new WorkHandler.Ports(
                ports,
                leased -> {
                  throw new IllegalStateException("no jobs here");
                },
                (caller, declaration) -> Outcome.done(Optional.empty())),
            TestLimits.USUAL.message());
    return new Door(WorkHandler.NAME, AgentMethods.CLAIM, desk, work).startCall(call, metadata);
  }

  private static byte[] ask(long number) {
    return Ask.newBuilder()
        .setNumber(number)
        .setClaim(ByteString.copyFromUtf8("{\"max_jobs\": 1, \"wait_seconds\": 60}"))
        .build()
        .toByteArray();
  }
}
