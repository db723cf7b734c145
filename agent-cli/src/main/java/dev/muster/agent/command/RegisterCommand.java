package dev.muster.agent.command;

import dev.muster.agent.command.Arrival.Arrived;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.enrolment.StateRefusedException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent register}. */
@Command(
    name = "register",
    description = "Enrols this agent with a bootstrap token, a registration token or a local key.")
final class RegisterCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable MusterAgent program;

  @Override
  public Integer call() throws Exception {
    Preparation preparation = Preparation.read(spec, Objects.requireNonNull(program));
    StateFolder state = preparation.openState();
    try (var _ = locked(state)) {
      if (preparation.secrets().areStanding()) {
        return presented(preparation, state);
      }
      Registration registration = new Registration(preparation, state);
      Optional<Identity> known = registration.known();
      Identity identity = known.isPresent() ? known.get() : registration.join(PATIENCE);
      spec.commandLine()
          .getOut()
          .println(
              (known.isPresent() ? "already enrolled as " : "enrolled as ")
                  + identity.agentId()
                  + " at "
                  + identity.server());
    }
    return ExitCode.OK.number();
  }

  /** What presents itself each time can only be tried out beforehand. */
  private int presented(Preparation preparation, StateFolder state) throws InterruptedException {
    try (HttpClient client = preparation.client();
        Arrived arrived = new Arrival(preparation, state, client).arrive(PATIENCE)) {
      spec.commandLine()
          .getOut()
          .println(
              "let in as " + arrived.name() + " at " + preparation.configuration().server().url());
    }
    return ExitCode.OK.number();
  }

  static AutoCloseable locked(StateFolder state) {
    try {
      return state.lock();
    } catch (StateRefusedException refused) {
      throw Preparation.stateFailure(String.valueOf(refused.getMessage()));
    } catch (IOException unusable) {
      throw Preparation.stateFailure(
          "the state folder cannot be locked: " + DiskFailure.describe(unusable));
    }
  }
}
