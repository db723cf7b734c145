package dev.muster.agent.command;

import dev.muster.agent.api.Credential;
import dev.muster.agent.api.HeartbeatAnswer;
import dev.muster.agent.api.HttpServerApi;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.Signing;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.StateFolder;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent status}. */
@Command(
    name = "status",
    description = "Prints who this agent is, and whether server, credential and vault work.")
final class StatusCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable MusterAgent program;

  @Override
  public Integer call() throws Exception {
    Preparation preparation = Preparation.read(spec, Objects.requireNonNull(program));
    StateFolder state = preparation.openState();
    PrintWriter out = spec.commandLine().getOut();
    out.println("version      " + Version.own());
    out.println("name         " + preparation.configuration().offer().name());
    out.println("server       " + preparation.configuration().server().url());
    boolean isStanding = preparation.secrets().areStanding();
    Optional<Identity> identity =
        isStanding ? Optional.empty() : new Registration(preparation, state).known();
    out.println(
        "agent        "
            + identity
                .map(who -> who.agentId().toString())
                .orElse(isStanding ? "presents itself by name" : "not enrolled"));
    out.println("last contact " + state.lastContact().map(Instant::toString).orElse("never"));
    ExitCode vault = vault(preparation, identity, out);
    Optional<Credential> credential = credential(preparation, identity, state);
    ExitCode server =
        credential.isEmpty()
            ? isStanding ? ExitCode.OK : ExitCode.NOT_ENROLLED
            : server(preparation, credential.get(), signing(identity, state), out);
    return (server == ExitCode.OK ? vault : server).number();
  }

  private static ExitCode vault(
      Preparation preparation, Optional<Identity> identity, PrintWriter out) {
    String problem = Workshop.vaultProblem(preparation, identity);
    out.println("vault        " + (problem.isEmpty() ? "ok" : problem));
    return problem.isEmpty() ? ExitCode.OK : ExitCode.VAULT;
  }

  /** What can be tried without making anything; a shared agent's token is in its memory only. */
  static Optional<Credential> credential(
      Preparation preparation, Optional<Identity> identity, StateFolder state) throws Exception {
    UUID instance = state.instance();
    String name = preparation.configuration().offer().name();
    return identity
        .map(who -> new Credential(who.apiKey(), instance))
        .or(() ->
            preparation.secrets().agentToken().map(key -> new Credential(key, instance, name)));
  }

  static Signing signing(Optional<Identity> identity, StateFolder state) {
    return identity
        .map(who -> SigningSecretFile.signing(state, who.agentId()))
        .orElse(Signing.NONE);
  }

  private static ExitCode server(
      Preparation preparation, Credential credential, Signing signing, PrintWriter out)
      throws Exception {
    try (HttpClient client = preparation.client()) {
      Reply<HeartbeatAnswer> reply = probe(preparation, credential, signing, client);
      out.println("credential   " + describe(reply));
      return code(reply);
    }
  }

  /** Asks the server whether it knows a credential. */
  static Reply<HeartbeatAnswer> probe(
      Preparation preparation, Credential credential, Signing signing, HttpClient client)
      throws InterruptedException {
    return new HttpServerApi(
            client,
            preparation.configuration().server().url(),
            () -> credential,
            signing,
            ANSWER,
            InstantSource.system())
        .probe(Version.own());
  }

  static String describe(Reply<HeartbeatAnswer> reply) {
    return switch (reply) {
      case Reply.Ok<HeartbeatAnswer> _ -> "works";
      case Reply.Unauthorized<HeartbeatAnswer> _ -> "is not known to the server";
      case Reply.Disabled<HeartbeatAnswer> _ -> "works, but the agent is disabled";
      case Reply.LeaseLost<HeartbeatAnswer> _ -> "cannot be told";
      case Reply.Refused<HeartbeatAnswer> refused ->
          "was refused: " + refused.status() + " " + refused.code();
      case Reply.Unavailable<HeartbeatAnswer> away -> "cannot be told: " + away.reason();
    };
  }

  static ExitCode code(Reply<HeartbeatAnswer> reply) {
    return switch (reply) {
      case Reply.Ok<HeartbeatAnswer> _ -> ExitCode.OK;
      case Reply.Disabled<HeartbeatAnswer> _ -> ExitCode.OK;
      case Reply.Unauthorized<HeartbeatAnswer> _ -> ExitCode.CREDENTIAL_REFUSED;
      case Reply.Refused<HeartbeatAnswer> _ -> ExitCode.CREDENTIAL_REFUSED;
      case Reply.LeaseLost<HeartbeatAnswer> _ -> ExitCode.SERVER_UNREACHABLE;
      case Reply.Unavailable<HeartbeatAnswer> away ->
          away.untrusted() ? ExitCode.SERVER_UNTRUSTED : ExitCode.SERVER_UNREACHABLE;
    };
  }
}
