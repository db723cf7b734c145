package dev.muster.application;

import dev.muster.application.EveryChangeIsAuditedTest.Change;
import dev.muster.application.EveryChangeIsAuditedTest.World;
import dev.muster.application.enrolment.EnrolmentService;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Principal;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.SharedRegistration.Version1;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.Hints;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.PoolStanding;
import dev.muster.ports.in.fleet.AgentCredentials.Rotation;
import dev.muster.ports.in.fleet.AgentSafeguards;
import dev.muster.ports.in.fleet.SigningRenewal;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Those of agents and of how they join. */
final class AgentChanges {
  private static final Secret LOCAL_KEY = Secret.of("the key of local mode");

  private static final EnrolmentService.Doors DOORS =
      new EnrolmentService.Doors(Optional.of(LOCAL_KEY), true);

  private static final NewEnrolmentToken TOKEN =
      new NewEnrolmentToken("a token", 24, 1, Constraints.NONE);

  private AgentChanges() {}

  static Stream<Change> all() {
    return Stream.of(enrolment(), byName(), fleet()).flatMap(changes -> changes);
  }

  private static Stream<Change> enrolment() {
    return Stream.of(
        Changes.change("make a bootstrap token", AgentChanges::bootstrapToken, "token.create"),
        Changes.changeOf(
            "make a registration token",
            w -> w.tenant(PlanName.FREE),
            (w, t) -> Changes.done(w.in().enrolmentTokens().create(w.admin(t), t.id(), TOKEN)),
            "token.create"),
        Changes.change(
            "read the tokens",
            w ->
                Changes.done(
                    w.in()
                        .enrolmentTokens()
                        .list(w.operator(), TenantId.SYSTEM, PageRequest.first())),
            "token.list"),
        Changes.changeOf(
            "revoke an enrolment token",
            AgentChanges::bootstrapToken,
            (w, t) ->
                Changes.done(
                    w.in()
                        .enrolmentTokens()
                        .revoke(w.operator(), TenantId.SYSTEM, t.record().id(), "leaked")),
            "token.revoke"),
        Changes.changeOf(
            "join with a token",
            AgentChanges::bootstrapToken,
            AgentChanges::join,
            "agent.registered"),
        Changes.changeOf(
            "join with a token again",
            w -> {
              Issued<EnrolmentToken> token = bootstrapToken(w);
              join(w, token);
              return token;
            },
            AgentChanges::join,
            "agent.registered"),
        Changes.changeOf(
            "join locally",
            w -> w.in().tenants().ensureLocal(),
            (w, local) ->
                Changes.done(
                    w.in()
                        .enrolment(DOORS)
                        .locally(
                            LOCAL_KEY, w.applicant(UseCaseTest.ANY, 1), false, UseCaseTest.ORIGIN)),
            "agent.registered"),
        Changes.changeOf(
            "join locally in place of another",
            w -> {
              w.in().tenants().ensureLocal();
              Applicant applicant = w.applicant(UseCaseTest.ANY, 1);
              Changes.done(
                  w.in().enrolment(DOORS).locally(LOCAL_KEY, applicant, false, UseCaseTest.ORIGIN));
              return applicant;
            },
            (w, a) ->
                Changes.done(
                    w.in().enrolment(DOORS).locally(LOCAL_KEY, a, true, UseCaseTest.ORIGIN)),
            "agent.registered"),
        Changes.change("make an agent", w -> w.enrolled(UseCaseTest.ANY, 1), "agent.create"));
  }

  private static Stream<Change> byName() {
    return Stream.of(
        Changes.changeOf(
            "make an agent token",
            w -> w.tenant(PlanName.FREE),
            (w, t) -> Changes.done(w.in().agentTokens().create(w.admin(t), "fleet")),
            "token.create"),
        Changes.changeOf(
            "read the agent tokens",
            w -> w.tenant(PlanName.FREE),
            (w, t) -> Changes.done(w.in().agentTokens().list(w.admin(t), PageRequest.first())),
            "token.list"),
        Changes.changeOf(
            "come with an agent token", Coming::of, (w, c) -> c.come(w), "agent.registered"),
        Changes.changeOf(
            "revoke an agent token",
            Coming::of,
            (w, c) ->
                Changes.done(
                    w.in().agentTokens().revoke(w.admin(c.tenant()), c.token().record().id())),
            "token.revoke"),
        Changes.changeOf(
            "say what an agent can do",
            w -> {
              Coming coming = Coming.of(w);
              return coming.come(w);
            },
            (w, agent) ->
                Changes.done(
                    w.in()
                        .declarations()
                        .declare(agent, new Declaration(UseCaseTest.ANY, 2, null, null))),
            "agent.declared"),
        Changes.change("make the pool of shared agents", AgentChanges::pool, "pool.create"),
        Changes.changeOf(
            "rotate the platform key",
            AgentChanges::pool,
            (w, p) -> Changes.done(w.in().sharedAgentPool().rotate(w.operator(), Duration.ZERO)),
            "pool.rotate_key"),
        Changes.changeOf(
            "register with the platform key",
            AgentChanges::pool,
            (w, p) -> {
              PlatformKey key = PlatformKey.parse(p.secret()).orElseThrow();
              AgentName name = new AgentName("pod-1");
              long time = w.in().clock().instant().getEpochSecond();
              Version1 signed = new Version1(name, time, key.sign(Version1.text(name, time)));
              Changes.done(
                  w.in().sharedEnrolment().register(signed, null, null, UseCaseTest.ORIGIN));
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
        Changes.changeOf(
            "disable an agent",
            w -> w.agent(1),
            (w, a) -> Changes.done(w.in().agents().disable(w.operator(), a.tenant(), a.id())),
            "agent.disabled"),
        Changes.changeOf(
            "disable an agent that has a job",
            w -> WorkChanges.leased(w).agent(),
            (w, a) -> Changes.done(w.in().agents().disable(w.operator(), a.tenant(), a.id())),
            "agent.disabled",
            "job.requeue"),
        Changes.changeOf(
            "drain an agent",
            w -> w.agent(1),
            (w, a) -> Changes.done(w.in().agents().drain(w.operator(), a.tenant(), a.id())),
            "agent.drain"),
        Changes.changeOf(
            "enable an agent",
            w -> {
              Agent agent = w.agent(1);
              Changes.done(w.in().agents().drain(w.operator(), agent.tenant(), agent.id()));
              return agent;
            },
            (w, a) -> Changes.done(w.in().agents().enable(w.operator(), a.tenant(), a.id())),
            "agent.enable"),
        Changes.changeOf(
            "limit an agent",
            w -> w.agent(1),
            (w, a) -> Changes.done(w.in().safeguards().limit(w.operator(), a.tenant(), a.id(), 10)),
            "agent.set_limits"),
        Changes.changeOf(
            "register an agent's certificate",
            w -> w.agent(1),
            (w, a) ->
                Changes.done(
                    w.in()
                        .safeguards()
                        .registerCertificates(
                            w.operator(), a.tenant(), a.id(), List.of("ab".repeat(32)))),
            "agent.set_fingerprints"),
        Changes.changeOf(
            "rotate a signing secret",
            w -> w.agent(1),
            AgentChanges::rotateSigningSecret,
            "agent.rotate_signing_secret"),
        Changes.changeOf(
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
        Changes.changeOf(
            "revoke signing secrets",
            w -> {
              Agent agent = w.agent(1);
              rotateSigningSecret(w, agent);
              return agent;
            },
            (w, a) ->
                Changes.done(
                    w.in().safeguards().revokeSigningSecrets(w.operator(), a.tenant(), a.id())),
            "agent.revoke_signing_secret"),
        Changes.changeOf(
            "delete an agent",
            w -> w.agent(1),
            (w, a) -> Changes.done(w.in().agents().delete(w.operator(), a.tenant(), a.id())),
            "agent.disabled",
            "agent.delete"),
        Changes.changeOf(
            "rotate an agent's key", w -> w.agent(1), AgentChanges::rotate, "agent.rotate_key"),
        Changes.changeOf(
            "revoke the keys of an agent that has a job",
            w -> WorkChanges.leased(w).agent(),
            (w, a) ->
                Changes.done(
                    w.in().agentCredentials().revokeKeys(w.operator(), a.tenant(), a.id())),
            "agent.revoke_key",
            "job.requeue"),
        Changes.changeOf(
            "read the keys of an agent",
            w -> w.agent(1),
            (w, a) ->
                Changes.done(w.in().agentCredentials().keys(w.operator(), a.tenant(), a.id())),
            "token.list"),
        Changes.changeOf(
            "grant an agent more",
            w -> w.agentOf(w.tenant(PlanName.FREE)).agent(),
            (w, a) ->
                Changes.done(
                    w.in()
                        .agentGranting()
                        .grant(w.operator(), a.tenant(), a.id(), Set.of(Permission.DATA_READ), "")),
            "agent.grant"));
  }

  private static void rotate(World world, Agent agent) {
    Rotation rotation = new Rotation(1, null);
    Changes.done(
        world
            .in()
            .agentCredentials()
            .rotateKey(world.operator(), agent.tenant(), agent.id(), rotation));
  }

  private static void rotateSigningSecret(World w, Agent agent) {
    var rotation = new AgentSafeguards.Rotation(Duration.ofHours(1), true);
    Changes.done(
        w.in()
            .safeguards()
            .rotateSigningSecret(w.operator(), agent.tenant(), agent.id(), rotation));
  }

  private static Issued<EnrolmentToken> bootstrapToken(World world) {
    return UseCaseTest.value(
        world.in().enrolmentTokens().create(world.operator(), TenantId.SYSTEM, TOKEN));
  }

  private static void join(World world, Issued<EnrolmentToken> token) {
    Applicant applicant =
        new Applicant(new AgentName("the-same"), UseCaseTest.ANY, 1, null, new UUID(7, 7));
    Changes.done(
        world.in().enrolment().withBootstrapToken(token.secret(), applicant, UseCaseTest.ORIGIN));
  }
}
