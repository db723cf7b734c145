package dev.muster.server.command;

import dev.muster.server.configuration.Purpose;
import dev.muster.server.configuration.ServerConfiguration;
import dev.muster.server.running.DatabaseHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Applies missing migrations. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Apply missing migrations and end; serve does so too when it starts.")
final class MigrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ServerConfiguration configuration = ConfigurationOptions.read(spec, Purpose.ADMINISTRATION);
    try (DatabaseHost host = DatabaseHost.of(configuration)) {
      int applied = host.migrate();
      spec.commandLine().getOut().println("applied " + applied + " migrations");
    }
    return ExitCode.DONE.code();
  }
}
