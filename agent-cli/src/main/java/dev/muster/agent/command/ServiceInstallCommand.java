package dev.muster.agent.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code muster-agent service install}. */
@Command(
    name = "install",
    description =
        "As root, from the unpacked tar.gz: makes the user muster-agent and the hardened service,"
            + " and has it start with the host.")
final class ServiceInstallCommand implements Callable<Integer> {
  private static final Path STATE = Path.of("/var/lib/muster-agent");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--units", hidden = true, description = "where units go")
  private Path units = Systemd.UNITS;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path launcher = Systemd.launcher();
    Systemd.write(units, Systemd.unit(launcher));
    out.println("wrote " + units.resolve(Systemd.UNIT));
    if (launcher.startsWith("/home") || launcher.startsWith("/root")) {
      out.println("the service sees no home folders: move " + launcher + " to /opt");
    }
    if (units.equals(Systemd.UNITS)) {
      Systemd.makeUser(STATE);
      boolean told = Systemd.tell("daemon-reload") && Systemd.tell("enable", Systemd.UNIT);
      out.println(
          told
              ? "enabled; with /etc/muster-agent/agent.yaml in place: systemctl start muster-agent"
              : "systemd does not run here; it will find the unit");
    }
    return ExitCode.OK.number();
  }
}
