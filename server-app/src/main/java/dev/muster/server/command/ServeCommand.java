package dev.muster.server.command;

import dev.muster.server.configuration.Purpose;
import dev.muster.server.configuration.ServerConfiguration;
import dev.muster.server.running.Server;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Serves until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve until SIGTERM or SIGINT.")
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    return serve(spec);
  }

  static int serve(CommandSpec command) throws InterruptedException {
    ServerConfiguration configuration = ConfigurationOptions.read(command, Purpose.SERVE);
    Thread.setDefaultUncaughtExceptionHandler(new LastWord());
    Server server = Server.start(configuration);
    Thread stopping = new Thread(server::close, "stopping");
    Runtime.getRuntime().addShutdownHook(stopping);
    server.awaitClosed();
    return ExitCode.DONE.code();
  }
}
