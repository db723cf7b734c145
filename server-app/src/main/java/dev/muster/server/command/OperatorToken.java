package dev.muster.server.command;

import dev.muster.domain.access.User;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.OperatorAccounts;
import dev.muster.server.configuration.Purpose;
import dev.muster.server.configuration.ServerConfiguration;
import dev.muster.server.running.DatabaseHost;
import dev.muster.server.running.Operators;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** Issues an operator's token and prints it on standard output, alone, so that it can be piped. */
final class OperatorToken {
  private OperatorToken() {}

  static int print(CommandSpec command, Function<OperatorAccounts, Outcome<Issued<User>>> issue) {
    ServerConfiguration configuration = ConfigurationOptions.read(command, Purpose.ADMINISTRATION);
    try (DatabaseHost host = DatabaseHost.of(configuration);
        Operators operators = Operators.in(host)) {
      return switch (issue.apply(operators.accounts())) {
        case Outcome.Done<Issued<User>> done -> {
          command.commandLine().getOut().println(done.value().secret().reveal());
          yield ExitCode.DONE.code();
        }
        case Outcome.Refused<Issued<User>> refused ->
            throw new CommandFailedException(ExitCode.REFUSED, refused.refusal().detail());
      };
    }
  }
}
