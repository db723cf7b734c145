package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.fleet.Processes;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.floor.EchoServer;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import dev.muster.outside.Patience;
import dev.muster.outside.Program;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The HTTP floor: the same driver against a server that answers what it was sent. */
public final class Echo implements Scenario {
  private static final int CONNECTIONS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private long answered;

  @Override
  public void measure(Run run) throws Exception {
    measure(run, "jetty", Figure.ECHO);
    measure(run, "javalin", Figure.ECHO_JAVALIN);
  }

  private void measure(Run run, String kind, Figure figure) throws Exception {
    int port = RunningServer.freePort();
    try (Program program =
            Program.start(
                "echo server",
                EchoServer.class.getName(),
                List.of(kind, String.valueOf(port)),
                Map.of(),
                run.workshop().file("echo-" + kind + ".log"));
        EventLoop loop = EventLoop.open()) {
      Patience.until(PATIENCE, "the echo server", () -> listens(program, port));
      byte[] request = new Post("t".repeat(40)).of("/x", "{\"attempt\":1}");
      for (int i = 0; i < CONNECTIONS; i++) {
        send(loop.connect(port), request);
      }
      loop.runFor(run.duration());
      long before = answered;
      double spent = Processes.seconds(ProcessHandle.current().pid());
      loop.runFor(run.duration());
      double seconds = run.duration().toMillis() / 1e3;
      double driver = (Processes.seconds(ProcessHandle.current().pid()) - spent) / seconds;
      run.note(figure, (answered - before) / seconds, "cores: driver %.2f".formatted(driver));
    }
  }

  private void send(Connection connection, byte[] request) {
    connection.send(
        request,
        answer -> {
          answer.orFail();
          answered++;
          send(connection, request);
        });
  }

  private static boolean listens(Program program, int port) {
    program.mustBeAlive();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
