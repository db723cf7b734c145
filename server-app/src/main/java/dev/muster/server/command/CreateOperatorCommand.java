package dev.muster.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Make an operator and print its token, once. */
@Command(
    name = "create-operator",
    mixinStandardHelpOptions = true,
    description = "Make an operator and print its token, once.")
final class CreateOperatorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "the operator's name")
  private String name = "";

  @Override
  public Integer call() {
    return OperatorToken.print(spec, accounts -> accounts.create(name));
  }
}
