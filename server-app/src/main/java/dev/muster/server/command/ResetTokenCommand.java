package dev.muster.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Revoke all tokens of an operator and print a new one, once. */
@Command(
    name = "reset-token",
    mixinStandardHelpOptions = true,
    description = "Revoke all tokens of an operator and print a new one, once.")
final class ResetTokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "the operator's name")
  private String name = "";

  @Override
  public Integer call() {
    return OperatorToken.print(spec, accounts -> accounts.resetToken(name));
  }
}
