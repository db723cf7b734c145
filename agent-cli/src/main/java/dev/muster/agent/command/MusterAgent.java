package dev.muster.agent.command;

import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.enrolment.StateRefusedException;
import dev.muster.agent.vault.VaultRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: its commands and how they fail. */
@Command(
    name = "muster-agent",
    description = "Takes jobs from a Muster server and runs what this host allows.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      RegisterCommand.class,
      CheckCommand.class,
      StatusCommand.class,
      VaultCommand.class,
      ServiceCommand.class,
      AutoComplete.GenerateCompletion.class,
      WarmUpCommand.class,
      UpdateCommand.class,
      VersionCommand.class
    })
public final class MusterAgent implements Runnable {
  private final Map<String, String> environment;
  private final InputStream input;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  private MusterAgent(Map<String, String> environment, InputStream input) {
    this.environment = environment;
    this.input = input;
  }

  /**
   * Runs the program.
   *
   * @param environment the variables to read settings from
   * @param input where secrets may be read from
   * @return the exit code
   */
  public static int execute(
      String[] arguments,
      Map<String, String> environment,
      InputStream input,
      PrintWriter out,
      PrintWriter err) {
    return arguments.length == 1 && arguments[0].equals("run")
        ? runPlainly(new MusterAgent(environment, input), err)
        : commandLine(environment, input).setOut(out).setErr(err).execute(arguments);
  }

  /** The service's own start: it has no options, and reading none takes long. */
  private static int runPlainly(MusterAgent program, PrintWriter err) {
    try {
      return RunCommand.plain(program).call();
    } catch (Exception failure) {
      return told(failure, err);
    }
  }

  static CommandLine commandLine(Map<String, String> environment, InputStream input) {
    CommandLine program = new CommandLine(new MusterAgent(environment, input));
    SettingOptions.addTo(program);
    program.setUsageHelpWidth(100);
    for (CommandLine command : SettingOptions.withSubcommands(program)) {
      command.getCommandSpec().mixinStandardHelpOptions(false);
      command
          .getCommandSpec()
          .addOption(
              CommandLine.Model.OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("shows this")
                  .build());
      command
          .getCommandSpec()
          .usageMessage()
          .exitCodeListHeading("%nExit codes:%n")
          .exitCodeList(ExitCode.list());
    }
    program.setParameterExceptionHandler(MusterAgent::misused);
    program.setExecutionExceptionHandler(MusterAgent::failed);
    return program;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "which command?");
  }

  Map<String, String> environment() {
    return environment;
  }

  InputStream input() {
    return input;
  }

  private static int misused(CommandLine.ParameterException misuse, String[] arguments) {
    CommandLine command = misuse.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String message = String.valueOf(misuse.getMessage()).lines().findFirst().orElse("");
    command.getErr().println(name + ": " + message + " (see " + name + " --help)");
    return ExitCode.USAGE.number();
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    return told(failure, command.getErr());
  }

  private static int told(Exception failure, PrintWriter err) {
    ExitCode code = code(failure);
    message(failure, code).lines().forEach(line -> err.println("muster-agent: " + line));
    return code.number();
  }

  private static String message(Exception failure, ExitCode code) {
    if (code == ExitCode.DEFECT) {
      return "unexpected: " + failure.getClass().getName() + at(failure);
    }
    return failure instanceof IOException disk
        ? "the disk fails: " + DiskFailure.describe(disk)
        : String.valueOf(failure.getMessage());
  }

  private static ExitCode code(Exception failure) {
    return switch (failure) {
      case CommandFailedException expected -> expected.code();
      case StateRefusedException _ -> ExitCode.STATE;
      case VaultRefusedException _ -> ExitCode.VAULT;
      case IOException disk when DiskFailure.reason(disk).isPresent() -> ExitCode.STATE;
      default -> ExitCode.DEFECT;
    };
  }

  /** Where, so that a defect can be found without a stack trace. */
  private static String at(Exception failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }
}
