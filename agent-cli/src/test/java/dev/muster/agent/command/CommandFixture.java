package dev.muster.agent.command;

import dev.muster.agent.fake.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The program's commands, run in this process against a server that answers as it is told to. */
abstract class CommandFixture {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final Map<String, String> environment = new HashMap<>();
  FakeServer server;
  Path state;

  @TempDir Path folder;

  @BeforeEach
  final void startServer() throws Exception {
    server = new FakeServer();
    state = folder.resolve("state");
    environment.put("BACKEND_URL", server.url().toString());
    environment.put("MUSTER_STATE", state.toString());
    environment.put("AGENT_NAME", "a1");
  }

  @AfterEach
  final void stopServer() {
    server.close();
  }

  /** Runs a command; answers its exit code. */
  final int execute(String... arguments) {
    return executeWith("", arguments);
  }

  /** Runs a command with this on its standard input. */
  final int executeWith(String input, String... arguments) {
    return MusterAgent.execute(
        arguments,
        environment,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }
}
