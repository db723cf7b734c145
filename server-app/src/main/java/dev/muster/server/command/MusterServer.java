package dev.muster.server.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program; without a command it serves. */
@Command(
    name = "muster-server",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "The Muster server. Without a command: serve.",
    exitCodeListHeading = "%nExit codes:%n",
    footer = {
      "",
      "Every option can also be set in the environment (MUSTER_HTTP_PORT for --http-port) or in",
      "muster.yaml (http-port); the command line is the strongest, then the environment. Secrets",
      "are never given on the command line: their options name a file."
    })
public final class MusterServer implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  MusterServer() {}

  /** Runs the command that the arguments name; answers the exit code. */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine program = new CommandLine(new MusterServer());
    program
        .addSubcommand(withOptions(new CommandLine(new ServeCommand())))
        .addSubcommand(withOptions(new CommandLine(new MigrateCommand())))
        .addSubcommand(
            new CommandLine(new AdminCommand())
                .addSubcommand(withOptions(new CommandLine(new CreateOperatorCommand())))
                .addSubcommand(withOptions(new CommandLine(new ResetTokenCommand()))))
        .addSubcommand(
            new CommandLine(new AuditCommand())
                .addSubcommand(withOptions(new CommandLine(new AuditVerifyCommand())))
                .addSubcommand(withOptions(new CommandLine(new AuditHeadsCommand()))))
        .addSubcommand(
            new CommandLine(new ReleaseCommand())
                .addSubcommand(new CommandLine(new ReleaseKeygenCommand()))
                .addSubcommand(new CommandLine(new ReleaseSignCommand())))
        .addSubcommand(new CommandLine(new OpenApiCommand()))
        .addSubcommand(new CommandLine(new VersionCommand()));
    withOptions(program).setExecutionExceptionHandler(new Failures());
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(each -> codes.put(String.valueOf(each.code()), each.meaning()));
    program.getCommandSpec().usageMessage().exitCodeList(codes);
    return program;
  }

  private static CommandLine withOptions(CommandLine command) {
    ConfigurationOptions.addTo(command.getCommandSpec());
    return command;
  }

  @Override
  public Integer call() throws InterruptedException {
    return ServeCommand.serve(spec);
  }
}
