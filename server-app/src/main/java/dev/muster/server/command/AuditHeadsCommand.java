package dev.muster.server.command;

import dev.muster.server.configuration.Purpose;
import dev.muster.server.configuration.ServerConfiguration;
import dev.muster.server.running.AuditDesk;
import dev.muster.server.running.DatabaseHost;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints how far each tenant's log reaches, signed. */
@Command(
    name = "heads",
    mixinStandardHelpOptions = true,
    description = {
      "Print the signed head of each tenant's audit log, a line each, to be kept where whoever",
      "has the database cannot reach it: audit verify --heads takes them."
    })
final class AuditHeadsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ServerConfiguration configuration = ConfigurationOptions.read(spec, Purpose.VERIFICATION);
    try (DatabaseHost host = DatabaseHost.of(configuration);
        AuditDesk desk = AuditDesk.in(host)) {
      PrintWriter out = spec.commandLine().getOut();
      desk.verification().heads(each -> out.println(each.toLine()));
    }
    return ExitCode.DONE.code();
  }
}
