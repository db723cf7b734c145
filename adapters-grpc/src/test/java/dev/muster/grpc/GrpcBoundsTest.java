package dev.muster.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.AgentControl;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.wire.caller.Proxies;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status.Code;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one agent does, or leaves undone, costs a bounded amount, and nobody else anything. */
class GrpcBoundsTest {
  private static final int LARGE_AT_ONCE = 32;
  private static final int CALLS_OF_A_CONNECTION = 100;
  private static final String JOB = "01920000-0000-7000-8000-000000000001";
  private static final String[] KEY = {"authorization", "Bearer " + PortsFake.TOKEN};
  private static final String WAIT = "{\"max_jobs\": 1, \"wait_seconds\": 60}";
  private static final byte[] NONSENSE = {(byte) 0xff, 0x01, 0x02, (byte) 0xff};

  /** More than fits into what is on its way and what a server keeps of it. */
  private static final Claimed LONG =
      new Claimed(List.of(), Collections.nCopies(20_000, new Control.Fleet(AgentControl.DRAIN)));

  private static final int SETTINGS = 4;
  private static final int MAX_CONCURRENT_STREAMS = 3;

  private final PortsFake ports = new PortsFake();
  private final GrpcServer server = start(TestLimits.USUAL);
  private final TestClient client = new TestClient(server.port());

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void whoever_reads_late_is_heard_again() throws Exception {
    ports.grants.addAll(List.of(LONG, LONG, PortsFake.DRAIN));
    var late = client.unread(WorkHandler.NAME, MethodType.BIDI_STREAMING, KEY);
    late.ask(1, WAIT).awaitHeaders();
    late.ask(2, WAIT);
    awaitWaiting();
    awaitWaiting();

    late.read();

    assertThat(late.granted().getNumber()).isEqualTo(1);
    assertThat(late.granted().getNumber()).isEqualTo(2);
    assertThat(late.ask(3, WAIT).granted().getNumber()).isEqualTo(3);
  }

  @Test
  void as_many_long_messages_as_there_may_be_are_on_their_way_at_once_and_no_more()
      throws Exception {
    List<TestClient.Open> begun = new ArrayList<>();
    for (int i = 0; i <= LARGE_AT_ONCE; i++) {
      begun.add(client.open("Report", MethodType.BIDI_STREAMING, KEY));
    }
    Await.until(() -> begun.stream().anyMatch(TestClient.Open::hasEnded));
    Await.until(() -> ports.origins.size() == begun.size());

    var refused = begun.stream().filter(TestClient.Open::hasEnded).toList();
    assertThat(refused).hasSize(1);
    assertThat(refused.getFirst().end().status().getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(refused.getFirst().end().problem()).contains("\"status\":503");
    assertThat(client.unary("Heartbeat", TestClient.call("", ""), KEY).end().status().isOk())
        .as("what is short is not held up")
        .isTrue();

    begun.removeAll(refused);
    begun.getFirst().call.cancel("gone", null);
    for (int i = 0; i < 3; i++) {
      Await.until(this::isHeard);
    }
  }

  @Test
  void a_connection_is_told_how_many_calls_it_may_have_at_once() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      var in = new DataInputStream(socket.getInputStream());
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      assertThat(in.readUnsignedByte()).isEqualTo(SETTINGS);
      in.skipNBytes(5);
      long calls = Long.MAX_VALUE;
      for (int read = 0; read < length; read += 6) {
        int setting = in.readUnsignedShort();
        long value = Integer.toUnsignedLong(in.readInt());
        calls = setting == MAX_CONCURRENT_STREAMS ? value : calls;
      }
      assertThat(calls).isEqualTo(CALLS_OF_A_CONNECTION);
    }
  }

  @Test
  void an_agent_on_an_old_connection_is_asked_to_open_another_and_what_waits_goes_on()
      throws Exception {
    try (var aging = start(TestLimits.aging(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        var agent = new TestClient(aging.port())) {
      ports.grants.add(PortsFake.DRAIN);
      var stream = agent.work(PortsFake.TOKEN).ask(1, WAIT);
      stream.granted();
      stream.ask(2, WAIT);

      Await.until(() -> !heartbeat(agent).connection().equals(stream.connection()));

      ports.grants.add(PortsFake.DRAIN);
      assertThat(stream.granted().getNumber()).isEqualTo(2);
    }
  }

  @Test
  void what_is_left_on_an_old_connection_is_cut_off_in_the_end() throws Exception {
    try (var aging = start(TestLimits.aging(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        var agent = new TestClient(aging.port())) {
      var stream = agent.work(PortsFake.TOKEN).ask(1, WAIT);
      awaitWaiting();

      assertThat(stream.end().status().isOk()).isFalse();
      assertThat(stream.end().problem()).as("Muster refused nothing").isEmpty();
      Await.until(() -> ports.interrupted.get() == 1);
    }
  }

  @Test
  void nonsense_ends_its_own_call_and_no_other_on_the_connection() throws Exception {
    var patient = client.work(PortsFake.TOKEN).ask(1, WAIT);
    awaitWaiting();

    var talker = client.work(PortsFake.TOKEN);
    talker.call.sendMessage(NONSENSE);
    for (int i = 0; i < 20; i++) {
      talker.call.sendMessage(new byte[60_000]);
    }
    assertThat(talker.end().status().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(talker.end().problem()).contains("\"code\":\"malformed_request\"");
    assertThat(client.unary("Report", NONSENSE, KEY).end().problem())
        .contains("\"code\":\"malformed_request\"");

    ports.grants.addAll(List.of(PortsFake.DRAIN, PortsFake.DRAIN));
    assertThat(patient.granted().getNumber()).isEqualTo(1);
    assertThat(patient.ask(2, WAIT).granted().getNumber()).isEqualTo(2);
    assertThat(heartbeat(client).connection())
        .isEqualTo(patient.connection())
        .isEqualTo(talker.connection());
  }

  private GrpcServer start(GrpcSettings.Limits limits) {
    return GrpcServer.start(
        new GrpcSettings("127.0.0.1", 0, Proxies.NONE, limits), ports.collaborators());
  }

  private void awaitWaiting() throws InterruptedException {
    assertThat(ports.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  /** Whether a report comes as far as what the ports have to say of it. */
  private boolean isHeard() {
    var report = TestClient.call(JOB, "{\"attempt\": 1, \"status\": \"running\"}");
    return client.unary("Report", report, KEY).end().problem().contains("lease_lost");
  }

  private static TestClient.Open heartbeat(TestClient by) {
    var call = by.unary("Heartbeat", TestClient.call("", "{\"active_jobs\": []}"), KEY);
    assertThat(call.end().status().isOk()).isTrue();
    return call;
  }
}
