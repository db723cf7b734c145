package dev.muster.agent.command;

import dev.muster.agent.api.Credential;
import dev.muster.agent.api.HeartbeatAnswer;
import dev.muster.agent.api.Reply;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.StateFolder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent check}. */
@Command(
    name = "check",
    description =
        "Tries everything that the agent needs, and prints what works and what does not. Changes"
            + " nothing but that the state folder is made.")
final class CheckCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  private static final long LEAST_FREE_BYTES = 512L << 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable MusterAgent program;

  @Override
  public Integer call() throws Exception {
    MusterAgent muster = Objects.requireNonNull(program);
    Preparation preparation = Preparation.read(spec, muster);
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("settings", "are all right"));
    Optional<StateFolder> state = state(preparation, findings);
    Optional<Identity> identity = identity(preparation, state, findings);
    vaultAndConnectors(preparation, state, identity, findings);
    findings.addAll(ToolCheck.of(preparation.configuration().connectors(), muster.environment()));
    CertificateCheck.of(preparation, InstantSource.system().instant()).ifPresent(findings::add);
    try (HttpClient client = preparation.client()) {
      List<Finding> way =
          new ServerCheck(
                  preparation.configuration().server(), client, InstantSource.system().instant())
              .run();
      findings.addAll(way);
      TenantHostCheck.of(preparation.configuration(), client).ifPresent(findings::add);
      boolean isReachable = way.stream().allMatch(found -> found.code() == ExitCode.OK);
      findings.add(credential(preparation, state, identity, client, isReachable));
    }
    GrpcCheck.of(preparation, identity, state).ifPresent(findings::add);
    return Finding.print(findings, spec.commandLine().getOut()).number();
  }

  private static Optional<StateFolder> state(Preparation preparation, List<Finding> findings) {
    Path folder = preparation.configuration().state();
    try {
      StateFolder state = preparation.openState();
      Path trial = Files.createTempFile(folder, ".check", "");
      Files.delete(trial);
      long free = Files.getFileStore(folder).getUsableSpace();
      String detail = "%s, %d MiB free".formatted(folder, free >> 20);
      findings.add(
          free < LEAST_FREE_BYTES ? Finding.warning("state", detail) : Finding.ok("state", detail));
      return Optional.of(state);
    } catch (CommandFailedException refused) {
      findings.add(Finding.failed("state", String.valueOf(refused.getMessage()), ExitCode.STATE));
    } catch (IOException unwritable) {
      findings.add(Finding.failed("state", folder + " cannot be written", ExitCode.STATE));
    }
    return Optional.empty();
  }

  private static Optional<Identity> identity(
      Preparation preparation, Optional<StateFolder> state, List<Finding> findings)
      throws Exception {
    if (state.isEmpty()) {
      findings.add(Finding.unknown("identity", "lies in the state folder"));
      return Optional.empty();
    }
    if (preparation.secrets().areStanding()) {
      findings.add(
          Finding.ok(
              "identity",
              "presents itself by name: " + preparation.configuration().offer().name()));
      return Optional.empty();
    }
    Optional<Identity> known = new Registration(preparation, state.get()).known();
    findings.add(
        known
            .map(who -> Finding.ok("identity", "agent " + who.agentId()))
            .orElseGet(() -> Finding.failed("identity", "not enrolled", ExitCode.NOT_ENROLLED)));
    return known;
  }

  private static void vaultAndConnectors(
      Preparation preparation,
      Optional<StateFolder> state,
      Optional<Identity> identity,
      List<Finding> findings)
      throws Exception {
    try {
      var vault = Workshop.vault(preparation, identity);
      findings.add(Finding.ok("vault", preparation.configuration().vault().file().toString()));
      Problems problems = new Problems();
      if (state.isPresent()) {
        var connectors = Workshop.connectors(preparation, state.get().instance(), vault, problems);
        CommandFailedException.unlessEmpty(problems);
        findings.add(Finding.ok("connectors", String.join(", ", connectors.names())));
      }
    } catch (CommandFailedException refused) {
      boolean isVault = refused.code() == ExitCode.VAULT;
      findings.add(
          Finding.failed(
              isVault ? "vault" : "connectors",
              String.valueOf(refused.getMessage()).lines().findFirst().orElse(""),
              refused.code()));
    }
  }

  private static Finding credential(
      Preparation preparation,
      Optional<StateFolder> state,
      Optional<Identity> identity,
      HttpClient client,
      boolean isReachable)
      throws Exception {
    Optional<Credential> credential =
        state.isEmpty()
            ? Optional.empty()
            : StatusCommand.credential(preparation, identity, state.get());
    if (credential.isEmpty() || !isReachable) {
      return Finding.unknown("credential", "cannot be tried");
    }
    Reply<HeartbeatAnswer> reply =
        StatusCommand.probe(
            preparation, credential.get(), StatusCommand.signing(identity, state.get()), client);
    ExitCode code = StatusCommand.code(reply);
    String detail = StatusCommand.describe(reply);
    return code == ExitCode.OK
        ? Finding.ok("credential", detail)
        : Finding.failed("credential", detail, code);
  }
}
