package dev.muster.application;

import dev.muster.application.EveryChangeIsAuditedTest.Change;
import dev.muster.application.EveryChangeIsAuditedTest.Preparation;
import dev.muster.application.EveryChangeIsAuditedTest.World;
import dev.muster.application.enrolment.EnrolmentService;
import dev.muster.application.scheduling.DispatchService;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.SharedRegistration.Version1;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.Release;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.access.UserAdministration.NewToken;
import dev.muster.ports.in.access.UserAdministration.NewUser;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.Hints;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.PoolStanding;
import dev.muster.ports.in.fleet.AgentCredentials.Rotation;
import dev.muster.ports.in.fleet.AgentSafeguards;
import dev.muster.ports.in.fleet.SigningRenewal;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Reach;
import dev.muster.ports.in.update.ReleaseAdministration.ReleaseStanding;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every use case that changes something. */
final class Changes {
  private static final JobError BROKEN = new JobError("broken", "it broke");
  private static final Secret LOCAL_KEY = Secret.of("the key of local mode");
  private static final EnrolmentService.Doors DOORS =
      new EnrolmentService.Doors(Optional.of(LOCAL_KEY), true);
  private static final NewEnrolmentToken TOKEN =
      new NewEnrolmentToken("a token", 24, 1, Constraints.NONE);

  private Changes() {}

  static Stream<Change> all() {
    return Stream.of(
            access(),
            tenancy(),
            enrolment(),
            byName(),
            fleet(),
            jobs(),
            reports(),
            sweeps(),
            updates())
        .flatMap(changes -> changes);
  }

  private static Stream<Change> access() {
    return Stream.of(
        change("make a user", w -> user(w), "user.create"),
        changeOf("issue a token", Changes::user, (w, u) -> token(w, u), "user.create_token"),
        changeOf(
            "revoke a token",
            w -> token(w, user(w)),
            (w, t) -> done(w.in().users().revokeToken(w.operator(), t)),
            "user.revoke_token"),
        changeOf(
            "read the tokens of a user",
            Changes::user,
            (w, u) -> done(w.in().users().tokens(w.operator(), u.id(), PageRequest.first())),
            "user.list_tokens"),
        change(
            "configure the administrator",
            w -> w.in().operators().ensureAdministrator(Secret.of("configured")),
            "user.create",
            "user.create_token"),
        change(
            "make an operator",
            w -> done(w.in().operators().create("root")),
            "user.create",
            "user.create_token"),
        changeOf(
            "reset an operator's token",
            w -> UseCaseTest.value(w.in().operators().create("root")),
            (w, o) -> done(w.in().operators().resetToken("root")),
            "user.revoke_token",
            "user.create_token"),
        change(
            "read the audit log",
            w -> w.in().auditQueries().list(w.operator(), AuditFilter.ALL, PageRequest.first()),
            "audit.query"));
  }

  private static Stream<Change> updates() {
    byte[] artifact = {1, 2, 3};
    Release release =
        new Release(
            7,
            0,
            "1",
            25,
            artifact.length,
            "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    NewRelease announced = new NewRelease(release, null);
    Consumer<World> announce = w -> done(w.in().releases().announce(w.operator(), announced));
    Function<World, ReleaseStanding> upload =
        w -> {
          announce.accept(w);
          return UseCaseTest.value(
              w.in()
                  .releases()
                  .upload(w.operator(), 7, out -> out.next(artifact, artifact.length)));
        };
    return Stream.of(
        change("make a release known", announce, "release.create"),
        changeOf(
            "roll a release out",
            upload,
            (w, any) ->
                done(w.in().releases().rollOut(w.operator(), 7, new Reach(1, Set.of(), Set.of()))),
            "release.rollout"),
        changeOf(
            "pause a release",
            upload,
            (w, any) -> done(w.in().releases().pause(w.operator(), 7)),
            "release.pause"),
        changeOf(
            "halt a release",
            upload,
            (w, any) -> done(w.in().releases().halt(w.operator(), 7)),
            "release.halt"));
  }

  private static Stream<Change> tenancy() {
    return Stream.of(
        change("make a tenant", w -> w.tenant(PlanName.FREE), "tenant.create"),
        change("make the local tenant", w -> w.in().tenants().ensureLocal(), "tenant.create"),
        changeOf(
            "limit a tenant",
            w -> w.tenant(PlanName.FREE),
            (w, t) ->
                done(w.in().tenants().change(w.operator(), t.slug(), TenantChanges.workerLimit(1))),
            "tenant.set_worker_limit"),
        changeOf(
            "suspend a tenant", w -> w.tenant(PlanName.FREE), World::suspend, "tenant.suspend"),
        changeOf(
            "resume a tenant",
            w -> {
              Tenant tenant = w.tenant(PlanName.FREE);
              w.suspend(tenant);
              return tenant;
            },
            (w, t) -> done(w.in().tenants().resume(w.operator(), t.slug())),
            "tenant.resume"),
        change(
            "replace a plan",
            w -> w.in().plans().replace(w.operator(), new Plan(PlanName.FREE, 1, 1, 1)),
            "plan.update"));
  }

  private static Stream<Change> enrolment() {
    return Stream.of(
        change("make a bootstrap token", Changes::bootstrapToken, "token.create"),
        changeOf(
            "make a registration token",
            w -> w.tenant(PlanName.FREE),
            (w, t) -> done(w.in().enrolmentTokens().create(w.admin(t), t.id(), TOKEN)),
            "token.create"),
        change(
            "read the tokens",
            w ->
                done(
                    w.in()
                        .enrolmentTokens()
                        .list(w.operator(), TenantId.SYSTEM, PageRequest.first())),
            "token.list"),
        changeOf(
            "revoke an enrolment token",
            Changes::bootstrapToken,
            (w, t) ->
                done(
                    w.in()
                        .enrolmentTokens()
                        .revoke(w.operator(), TenantId.SYSTEM, t.record().id(), "leaked")),
            "token.revoke"),
        changeOf("join with a token", Changes::bootstrapToken, Changes::join, "agent.registered"),
        changeOf(
            "join with a token again",
            w -> {
              Issued<EnrolmentToken> token = bootstrapToken(w);
              join(w, token);
              return token;
            },
            Changes::join,
            "agent.registered"),
        changeOf(
            "join locally",
            w -> w.in().tenants().ensureLocal(),
            (w, local) ->
                done(
                    w.in()
                        .enrolment(DOORS)
                        .locally(
                            LOCAL_KEY, w.applicant(UseCaseTest.ANY, 1), false, UseCaseTest.ORIGIN)),
            "agent.registered"),
        changeOf(
            "join locally in place of another",
            w -> {
              w.in().tenants().ensureLocal();
              Applicant applicant = w.applicant(UseCaseTest.ANY, 1);
              done(
                  w.in().enrolment(DOORS).locally(LOCAL_KEY, applicant, false, UseCaseTest.ORIGIN));
              return applicant;
            },
            (w, a) -> done(w.in().enrolment(DOORS).locally(LOCAL_KEY, a, true, UseCaseTest.ORIGIN)),
            "agent.registered"),
        change("make an agent", w -> w.enrolled(UseCaseTest.ANY, 1), "agent.create"));
  }

  private static Stream<Change> byName() {
    return Stream.of(
        changeOf(
            "make an agent token",
            w -> w.tenant(PlanName.FREE),
            (w, t) -> done(w.in().agentTokens().create(w.admin(t), "fleet")),
            "token.create"),
        changeOf(
            "read the agent tokens",
            w -> w.tenant(PlanName.FREE),
            (w, t) -> done(w.in().agentTokens().list(w.admin(t), PageRequest.first())),
            "token.list"),
        changeOf("come with an agent token", Coming::of, (w, c) -> c.come(w), "agent.registered"),
        changeOf(
            "revoke an agent token",
            Coming::of,
            (w, c) ->
                done(w.in().agentTokens().revoke(w.admin(c.tenant()), c.token().record().id())),
            "token.revoke"),
        changeOf(
            "say what an agent can do",
            w -> {
              Coming coming = Coming.of(w);
              return coming.come(w);
            },
            (w, agent) ->
                done(
                    w.in()
                        .declarations()
                        .declare(agent, new Declaration(UseCaseTest.ANY, 2, null, null))),
            "agent.declared"),
        change("make the pool of shared agents", Changes::pool, "pool.create"),
        changeOf(
            "rotate the platform key",
            Changes::pool,
            (w, p) -> done(w.in().sharedAgentPool().rotate(w.operator(), Duration.ZERO)),
            "pool.rotate_key"),
        changeOf(
            "register with the platform key",
            Changes::pool,
            (w, p) -> {
              PlatformKey key = PlatformKey.parse(p.secret()).orElseThrow();
              AgentName name = new AgentName("pod-1");
              long time = w.in().clock().instant().getEpochSecond();
              Version1 signed = new Version1(name, time, key.sign(Version1.text(name, time)));
              done(w.in().sharedEnrolment().register(signed, null, null, UseCaseTest.ORIGIN));
            },
            "agent.registered"));
  }

  private static Issued<PoolStanding> pool(World world) {
    return UseCaseTest.value(
        world.in().sharedAgentPool().create(world.operator(), new Hints(null, null, null)));
  }

  /** An agent that is about to come by name. */
  private record Coming(Tenant tenant, Issued<AgentToken> token) {
    static Coming of(World world) {
      Tenant tenant = world.tenant(PlanName.FREE);
      return new Coming(
          tenant, UseCaseTest.value(world.in().agentTokens().create(world.admin(tenant), "fleet")));
    }

    Caller come(World world) {
      Presented presented =
          new Presented.NamedAgent(token.secret(), new AgentName("scanner"), new UUID(1, 1));
      return UseCaseTest.value(
          world
              .in()
              .access()
              .admit(presented, Action.JOB_CLAIM, Audience.AGENTS, UseCaseTest.ORIGIN, null));
    }
  }

  private static Stream<Change> fleet() {
    return Stream.of(
        changeOf(
            "disable an agent",
            w -> w.agent(1),
            (w, a) -> done(w.in().agents().disable(w.operator(), a.tenant(), a.id())),
            "agent.disabled"),
        changeOf(
            "disable an agent that has a job",
            w -> leased(w).agent(),
            (w, a) -> done(w.in().agents().disable(w.operator(), a.tenant(), a.id())),
            "agent.disabled",
            "job.requeue"),
        changeOf(
            "drain an agent",
            w -> w.agent(1),
            (w, a) -> done(w.in().agents().drain(w.operator(), a.tenant(), a.id())),
            "agent.drain"),
        changeOf(
            "enable an agent",
            w -> {
              Agent agent = w.agent(1);
              done(w.in().agents().drain(w.operator(), agent.tenant(), agent.id()));
              return agent;
            },
            (w, a) -> done(w.in().agents().enable(w.operator(), a.tenant(), a.id())),
            "agent.enable"),
        changeOf(
            "limit an agent",
            w -> w.agent(1),
            (w, a) -> done(w.in().safeguards().limit(w.operator(), a.tenant(), a.id(), 10)),
            "agent.set_limits"),
        changeOf(
            "register an agent's certificate",
            w -> w.agent(1),
            (w, a) ->
                done(
                    w.in()
                        .safeguards()
                        .registerCertificates(
                            w.operator(), a.tenant(), a.id(), List.of("ab".repeat(32)))),
            "agent.set_fingerprints"),
        changeOf(
            "rotate a signing secret",
            w -> w.agent(1),
            Changes::rotateSigningSecret,
            "agent.rotate_signing_secret"),
        changeOf(
            "replace a signing secret that has grown old",
            w -> {
              Agent agent = w.agent(1);
              rotateSigningSecret(w, agent);
              w.in().clock().advance(SigningRenewal.LIFE);
              return agent;
            },
            (w, a) -> {
              var signed = new Principal.OfAgent(a.id(), a.name(), a.tenant(), Set.of(), 0);
              w.in().renewal().due(new Caller(signed, UseCaseTest.ORIGIN, 1)).orElseThrow();
            },
            "agent.rotate_signing_secret"),
        changeOf(
            "revoke signing secrets",
            w -> {
              Agent agent = w.agent(1);
              rotateSigningSecret(w, agent);
              return agent;
            },
            (w, a) ->
                done(w.in().safeguards().revokeSigningSecrets(w.operator(), a.tenant(), a.id())),
            "agent.revoke_signing_secret"),
        changeOf(
            "delete an agent",
            w -> w.agent(1),
            (w, a) -> done(w.in().agents().delete(w.operator(), a.tenant(), a.id())),
            "agent.disabled",
            "agent.delete"),
        changeOf("rotate an agent's key", w -> w.agent(1), Changes::rotate, "agent.rotate_key"),
        changeOf(
            "revoke the keys of an agent that has a job",
            w -> leased(w).agent(),
            (w, a) -> done(w.in().agentCredentials().revokeKeys(w.operator(), a.tenant(), a.id())),
            "agent.revoke_key",
            "job.requeue"),
        changeOf(
            "read the keys of an agent",
            w -> w.agent(1),
            (w, a) -> done(w.in().agentCredentials().keys(w.operator(), a.tenant(), a.id())),
            "token.list"),
        changeOf(
            "grant an agent more",
            w -> w.agentOf(w.tenant(PlanName.FREE)).agent(),
            (w, a) ->
                done(
                    w.in()
                        .agentGranting()
                        .grant(w.operator(), a.tenant(), a.id(), Set.of(Permission.DATA_READ), "")),
            "agent.grant"));
  }

  private static void rotate(World world, Agent agent) {
    Rotation rotation = new Rotation(1, null);
    done(
        world
            .in()
            .agentCredentials()
            .rotateKey(world.operator(), agent.tenant(), agent.id(), rotation));
  }

  private static void rotateSigningSecret(World w, Agent agent) {
    var rotation = new AgentSafeguards.Rotation(Duration.ofHours(1), true);
    done(
        w.in()
            .safeguards()
            .rotateSigningSecret(w.operator(), agent.tenant(), agent.id(), rotation));
  }

  private static Stream<Change> jobs() {
    return Stream.of(
        changeOf("submit a job", w -> w.tenant(PlanName.FREE), (w, t) -> w.queued(t), "job.submit"),
        changeOf(
            "submit a job that fails at once",
            w -> w.tenant(PlanName.FREE),
            (w, t) -> w.queued(t, Specs.impatient()),
            "job.submit"),
        changeOf(
            "submit many jobs",
            w -> w.tenant(PlanName.FREE),
            (w, t) ->
                done(
                    w.in()
                        .submission()
                        .submitAll(w.member(t), List.of(Specs.plain(), Specs.plain()))),
            "job.submit",
            "job.submit"),
        changeOf(
            "cancel a queued job",
            w -> w.queued(w.tenant(PlanName.FREE)),
            (w, j) -> done(w.in().control().cancel(w.operator(), j.id())),
            "job.cancel"),
        changeOf(
            "cancel a leased job",
            w -> leased(w).job(),
            (w, j) -> done(w.in().control().cancel(w.operator(), j.id())),
            "job.cancel"),
        changeOf(
            "retry a job",
            w -> {
              Job job = w.queued(w.tenant(PlanName.FREE));
              done(w.in().control().cancel(w.operator(), job.id()));
              return job;
            },
            (w, j) -> done(w.in().control().retry(w.operator(), j.id())),
            "job.retry"),
        changeOf(
            "retry jobs by a filter",
            w -> {
              Tenant tenant = w.tenant(PlanName.FREE);
              done(w.in().control().cancel(w.operator(), w.queued(tenant).id()));
              done(w.in().control().cancel(w.operator(), w.queued(tenant).id()));
              return new JobFilter(JobStatus.CANCELLED, null, null, null);
            },
            (w, f) -> done(w.in().bulkRetry().retry(w.operator(), f, false)),
            "job.retry",
            "job.retry",
            "job.retry"),
        changeOf(
            "claim a job",
            w -> {
              w.queued(w.tenant(PlanName.FREE));
              return w.agent(1);
            },
            Changes::claim,
            "agent.task_claimed"));
  }

  private static Stream<Change> reports() {
    return Stream.of(
        report("complete a job", new Report.Completed("{}"), "agent.task_completed"),
        report("fail at a job", new Report.Failed(BROKEN, false), "agent.task_failed"),
        report("fail at a job for now", new Report.Failed(BROKEN, true), "job.requeue"),
        report("release a job", new Report.Released(), "job.requeue"),
        report("stop a job", new Report.Cancelled(), "job.cancel"));
  }

  private static Stream<Change> sweeps() {
    return Stream.of(
        later("recover a lost lease", Installation.LEASE, Changes::leased, "job.requeue"),
        later(
            "end a job at its run timeout",
            Duration.ofSeconds(7),
            w -> leased(w, Duration.ofSeconds(7)),
            "job.fail"),
        later("end an unconfirmed cancel", Installation.LEASE, Changes::toStop, "job.cancel"),
        changeOf(
            "expire a job",
            w -> {
              Job job = w.queued(w.tenant(PlanName.FREE));
              w.pass(job.spec().queueTimeout());
              return job;
            },
            (w, j) -> w.in().sweeps().expireJobs(),
            "job.expire"),
        changeOf(
            "note who is offline",
            w -> {
              Agent agent = w.agent(1);
              w.pass(Installation.LEASE.plusNanos(1));
              return agent;
            },
            (w, a) -> w.in().sweeps().noteOfflineAgents(),
            "agent.offline"),
        changeOf(
            "take in a worker within the server",
            w -> w.in().inlineWorkers(),
            (w, workers) -> workers.enter("here", 1),
            "agent.inline_entered"),
        changeOf(
            "let a worker within the server go",
            w -> w.in().inlineWorkers().enter("here", 1),
            (w, worker) -> w.in().inlineWorkers().leave(worker),
            "agent.inline_left"),
        changeOf(
            "remove the worker of a replica that died",
            w -> {
              var worker = w.in().inlineWorkers().enter("here", 1);
              w.pass(Installation.LEASE.plusNanos(1));
              return worker;
            },
            (w, worker) -> w.in().sweeps().noteOfflineAgents(),
            "agent.inline_left"));
  }

  private record Leased(Agent agent, Job job) {}

  private static Leased leased(World world) {
    return leased(world, Duration.ofHours(1));
  }

  private static Leased leased(World world, Duration runTimeout) {
    Agent agent = world.agent(1);
    Job job =
        world.queued(world.tenant(PlanName.FREE), Specs.timeouts(runTimeout, Duration.ofHours(1)));
    return new Leased(agent, world.assigned(job, agent));
  }

  private static Leased toStop(World world) {
    Leased leased = leased(world);
    done(world.in().control().cancel(world.operator(), leased.job().id()));
    return leased;
  }

  private static TokenId token(World world, User user) {
    return UseCaseTest.value(
            world
                .in()
                .users()
                .issueToken(
                    world.operator(), user.id(), new NewToken("laptop", null, TokenScope.ALL)))
        .record()
        .id();
  }

  private static User user(World world) {
    NewUser wanted = new NewUser("ada", Role.OPERATOR, null);
    return UseCaseTest.value(world.in().users().create(world.operator(), wanted));
  }

  private static Issued<EnrolmentToken> bootstrapToken(World world) {
    return UseCaseTest.value(
        world.in().enrolmentTokens().create(world.operator(), TenantId.SYSTEM, TOKEN));
  }

  private static void join(World world, Issued<EnrolmentToken> token) {
    Applicant applicant =
        new Applicant(new AgentName("the-same"), UseCaseTest.ANY, 1, null, new UUID(7, 7));
    done(world.in().enrolment().withBootstrapToken(token.secret(), applicant, UseCaseTest.ORIGIN));
  }

  private static void claim(World world, Agent agent) {
    try (DispatchService replica = world.in().dispatch()) {
      replica.start();
      Claim claim = new Claim(null, null, null, 1, Duration.ZERO, null);
      done(replica.claim(world.calling(agent), claim));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static void done(Outcome<?> outcome) {
    UseCaseTest.value(outcome);
  }

  private static Change report(String name, Report report, String entry) {
    return changeOf(
        name,
        Changes::leased,
        (w, l) ->
            done(
                w.in()
                    .reporting()
                    .report(w.calling(l.agent()), l.job().id(), l.job().attempt(), report)),
        entry);
  }

  private static Change later(
      String name, Duration time, Function<World, Leased> prepare, String entry) {
    return changeOf(
        name,
        w -> {
          Leased leased = prepare.apply(w);
          w.pass(time);
          return leased;
        },
        (w, l) -> w.in().sweeps().recoverLeases(),
        entry);
  }

  private static Change change(String name, Consumer<World> work, String... entries) {
    Preparation preparation = w -> () -> work.accept(w);
    return new Change(name, List.of(entries), preparation);
  }

  private static <T> Change changeOf(
      String name, Function<World, T> prepare, BiConsumer<World, T> work, String... entries) {
    return new Change(
        name,
        List.of(entries),
        w -> {
          T prepared = prepare.apply(w);
          return () -> work.accept(w, prepared);
        });
  }
}
