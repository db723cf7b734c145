package dev.muster.agent.command;

import dev.muster.agent.command.Arrival.Arrived;
import dev.muster.agent.configuration.AgentConfiguration;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.connector.Connectors;
import dev.muster.agent.connector.LeftoverFolders;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.enrolment.StateRefusedException;
import dev.muster.agent.journal.Journal;
import dev.muster.agent.loop.Agent;
import dev.muster.agent.loop.OwnTenant;
import dev.muster.agent.loop.Pace;
import dev.muster.agent.loop.StopReason;
import dev.muster.agent.network.HttpClients;
import dev.muster.agent.process.JobGroups;
import dev.muster.agent.process.LeftoverProcesses;
import dev.muster.agent.spool.Spool;
import dev.muster.agent.tracing.AgentTracing;
import dev.muster.agent.tracing.RunTraces;
import dev.muster.agent.update.JarFiles;
import dev.muster.agent.vault.Vault;
import dev.muster.tracing.Tracing;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent run}. */
@Command(
    name = "run",
    description = "Runs the agent until it is told to stop; enrols it first where that is needed.")
final class RunCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  private static final Journal JOURNAL = Journal.of("agent");

  /** A service waits for its server as long as it takes. */
  private static final Duration JOIN = Duration.ofDays(3650);

  /** For all jobs together; the oldest lines go first. */
  private static final long MOST_SPOOLED_LOG_BYTES = 256L << 20;

  /** Stands in for the installation's id while the configuration is only being checked. */
  private static final UUID NOBODY = new UUID(0, 0);

  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable MusterAgent program;

  /** One that was given no options. */
  static RunCommand plain(MusterAgent program) {
    RunCommand run = new RunCommand();
    run.program = program;
    return run;
  }

  @Override
  public Integer call() throws Exception {
    Problems problems = new Problems();
    Preparation preparation = prepared(spec, Objects.requireNonNull(program), problems);
    check(preparation, problems);
    StateFolder state = preparation.openState();
    try (Termination termination = new Termination();
        var _ = RegisterCommand.locked(state)) {
      return termination.ends(run(preparation, state, termination)).number();
    }
  }

  private static Preparation prepared(
      @Nullable CommandSpec spec, MusterAgent program, Problems problems) {
    return spec == null
        ? Preparation.plain(program, problems)
        : Preparation.read(spec, program, problems);
  }

  /** Without its launcher an agent cannot be replaced while it runs, and ends without it. */
  private Optional<Thread> updates(
      Preparation preparation, StateFolder state, Arrived arrived, HttpClient client, Agent agent)
      throws Exception {
    Optional<ProcessHandle> launcher =
        Launcher.of(
            Objects.requireNonNull(program).environment(),
            JarFiles.in(preparation.configuration().state()).jar());
    if (launcher.isEmpty()) {
      JOURNAL.info("no_self_update", "reason", "not started by its launcher");
      return Optional.empty();
    }
    Optional<Identity> identity = arrived.identity();
    if (identity.isEmpty()) {
      JOURNAL.info("no_self_update", "reason", "presents itself by name");
    }
    var _ = launcher.get().onExit().thenRun(agent::stop);
    return identity.isEmpty()
        ? Optional.empty()
        : Optional.of(
            UpdateAccess.open(preparation, state, identity.get(), client)
                .attend(agent, preparation.configuration().update()));
  }

  /** Typos come before the vault: they are what an operator who starts out wants to see. */
  private static void check(Preparation preparation, Problems problems) {
    try {
      Vault vault = Workshop.vault(preparation, Optional.empty());
      Workshop.connectors(preparation, NOBODY, vault, problems);
    } catch (CommandFailedException vaultRefused) {
      CommandFailedException.unlessEmpty(problems);
      throw vaultRefused;
    }
    CommandFailedException.unlessEmpty(problems);
  }

  /** What a killed agent left behind: programs that still run, and folders with secrets in them. */
  private static void clearLeftovers(Preparation preparation, StateFolder state)
      throws IOException, StateRefusedException {
    Duration grace = preparation.configuration().times().cancelGrace();
    String instance = state.instance().toString();
    JobGroups groups = JobGroups.find(instance);
    groups.folder().ifPresent(folder -> JOURNAL.info("job_groups", "folder", folder));
    Set<Long> alive = LeftoverProcesses.reap(instance, groups, grace);
    if (!alive.isEmpty()) {
      JOURNAL.error("leftovers_alive", "pids", alive);
    }
    LeftoverFolders.remove(state.workFolder());
  }

  private ExitCode run(Preparation preparation, StateFolder state, Termination termination)
      throws Exception {
    clearLeftovers(preparation, state);
    CertificateCheck.of(preparation, InstantSource.system().instant())
        .ifPresent(found ->
            JOURNAL.info("client_certificate", "standing", found.standing(), "is", found.detail()));
    try (HttpClient client = preparation.client();
        Tracing tracing = tracing(preparation)) {
      return run(preparation, state, termination, client, new RunTraces(tracing));
    }
  }

  /** The collector is reached as the server is: by the same proxy, and with the same trust. */
  private static Tracing tracing(Preparation preparation) {
    AgentConfiguration configuration = preparation.configuration();
    return AgentTracing.start(
        configuration.tracing(),
        Version.own(),
        () -> HttpClients.make(preparation.tls(), configuration.server().route()));
  }

  private ExitCode run(
      Preparation preparation,
      StateFolder state,
      Termination termination,
      HttpClient client,
      RunTraces traces)
      throws Exception {
    try (Arrived arrived = new Arrival(preparation, state, client, traces).arrive(JOIN)) {
      Connectors connectors =
          Workshop.connectors(
              preparation,
              state.instance(),
              Workshop.vault(preparation, arrived.identity()),
              () -> client,
              new Problems());
      AgentConfiguration configuration = preparation.configuration();
      Agent agent =
          new Agent(
              arrived.server(),
              new OwnTenant(connectors::run, configuration.offer().tenant(), arrived.tenant()),
              configuration.offer().withJobTokens(connectors.needJobTokens()),
              configuration.times(),
              Pace.production(configuration.times().cancelGrace()),
              InstantSource.system(),
              Version.own(),
              () -> noteContact(state),
              Spool.open(state.spoolFolder(), MOST_SPOOLED_LOG_BYTES),
              traces);
      termination.onStop(agent::stop);
      announce(arrived, configuration, connectors);
      Optional<Thread> updates = updates(preparation, state, arrived, client, agent);
      ExitCode result = code(agent.run());
      updates.ifPresent(Thread::interrupt);
      client.shutdownNow();
      return result;
    }
  }

  private static void announce(
      Arrived arrived, AgentConfiguration configuration, Connectors connectors) {
    JOURNAL.info(
        "started",
        "version",
        Version.own(),
        "agent",
        arrived.name(),
        "server",
        configuration.server().url(),
        "transport",
        configuration.grpc().map(grpc -> "grpc " + grpc).orElse("poll"),
        "connectors",
        connectors.names(),
        "max_concurrent",
        configuration.offer().maxConcurrent());
  }

  private static ExitCode code(StopReason reason) {
    return switch (reason) {
      case REQUESTED -> ExitCode.OK;
      case UPDATED -> ExitCode.RESTART;
      case UNAUTHORIZED -> ExitCode.CREDENTIAL_REFUSED;
      case UNTRUSTED -> ExitCode.SERVER_UNTRUSTED;
      case DEFECT -> ExitCode.DEFECT;
    };
  }

  private static void noteContact(StateFolder state) {
    try {
      state.noteContact(InstantSource.system().instant());
    } catch (IOException unwritable) {
      JOURNAL.warn("contact_not_noted", "kind", DiskFailure.describe(unwritable));
    }
  }
}
