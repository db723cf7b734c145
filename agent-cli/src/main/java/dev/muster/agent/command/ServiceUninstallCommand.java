package dev.muster.agent.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code muster-agent service uninstall}. */
@Command(
    name = "uninstall",
    description =
        "As root: stops the service and removes it. Configuration, identity and vault stay.")
final class ServiceUninstallCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--units", hidden = true, description = "where units go")
  private Path units = Systemd.UNITS;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean isHosts = units.equals(Systemd.UNITS);
    if (isHosts && units.resolve(Systemd.UNIT).toFile().exists()) {
      Systemd.tell("disable", "--now", Systemd.UNIT);
    }
    boolean removed = Systemd.remove(units);
    if (isHosts) {
      Systemd.tell("daemon-reload");
    }
    out.println(
        removed
            ? "removed; the vault and the identity stay in /var/lib/muster-agent"
            : "there was no " + units.resolve(Systemd.UNIT));
    return ExitCode.OK.number();
  }
}
