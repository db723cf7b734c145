package dev.muster.http.api;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.Permission;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.enrolment.SharedRegistration;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.enrolment.AgentTokenAdministration;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.enrolment.Enrolment;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration;
import dev.muster.ports.in.enrolment.SharedEnrolment;
import dev.muster.ports.in.fleet.AgentAdministration;
import dev.muster.ports.in.fleet.AgentCredentials;
import dev.muster.ports.in.fleet.AgentGranting;
import dev.muster.ports.in.fleet.AgentSafeguards;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.fleet.WorkerQueries;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The inbound ports of agents and of how they join, as {@link PortFakes} are. */
final class FleetFakes {
  private static final Secret SECRET = Secret.of("shown-once");

  private FleetFakes() {}

  record Safeguards(Calls calls) implements AgentSafeguards {
    private static final Guarded GUARDED =
        new Guarded(new AgentId(Samples.ID), null, List.of("ab".repeat(32)), true, Samples.AT);

    @Override
    public Outcome<Guarded> find(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(GUARDED, tenant, agent);
    }

    @Override
    public Outcome<Guarded> limit(
        Caller caller, TenantId tenant, AgentId agent, @Nullable Integer requestsPerMinute) {
      return calls.outcome(GUARDED, tenant, agent, Optional.ofNullable(requestsPerMinute));
    }

    @Override
    public Outcome<Guarded> registerCertificates(
        Caller caller, TenantId tenant, AgentId agent, List<String> fingerprints) {
      return calls.outcome(GUARDED, tenant, agent, fingerprints);
    }

    @Override
    public Outcome<Issued<Guarded>> rotateSigningSecret(
        Caller caller, TenantId tenant, AgentId agent, Rotation rotation) {
      return calls.outcome(new Issued<>(GUARDED, SECRET), tenant, agent, rotation);
    }

    @Override
    public Outcome<Guarded> revokeSigningSecrets(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(GUARDED, "revoke", tenant, agent);
    }
  }

  record Joining(Calls calls) implements Enrolment {
    private static final Enrolled ENROLLED =
        new Enrolled(Samples.agent(), Secret.of("the-api-key"), Secret.of("the-update-key"));

    @Override
    public Outcome<Enrolled> withBootstrapToken(
        Secret token, Applicant applicant, AuditEntry.Origin origin) {
      return calls.outcome(ENROLLED, token, applicant, origin);
    }

    @Override
    public Outcome<Enrolled> withRegistrationToken(
        Secret token, Applicant applicant, AuditEntry.Origin origin) {
      return calls.outcome(ENROLLED, token, applicant, origin);
    }

    @Override
    public Outcome<Enrolled> withoutToken(
        @Nullable TenantId tenant, Applicant applicant, AuditEntry.Origin origin) {
      return calls.outcome(ENROLLED, Optional.ofNullable(tenant), applicant);
    }

    @Override
    public Outcome<LocalEnrolment> locally(
        Secret localAgentKey, Applicant applicant, boolean rotate, AuditEntry.Origin origin) {
      return calls.outcome(
          applicant.name().value().equals("known")
              ? new LocalEnrolment.Known(Samples.agent())
              : new LocalEnrolment.New(ENROLLED),
          localAgentKey.isEmpty() ? "no key" : localAgentKey,
          applicant,
          rotate);
    }

    @Override
    public Outcome<Enrolled> byOperator(
        Caller caller, Applicant applicant, @Nullable Duration keyLife) {
      return keyLife == null
          ? calls.outcome(ENROLLED, applicant)
          : calls.outcome(ENROLLED, applicant, keyLife);
    }
  }

  record EnrolmentTokens(Calls calls) implements EnrolmentTokenAdministration {
    @Override
    public Outcome<Issued<EnrolmentToken>> create(
        Caller caller, TenantId tenant, NewEnrolmentToken token) {
      return calls.outcome(new Issued<>(Samples.enrolmentToken(), SECRET), tenant, token);
    }

    @Override
    public Outcome<Page<EnrolmentToken>> list(Caller caller, TenantId tenant, PageRequest page) {
      return Outcome.done(calls.page(Samples.enrolmentToken(), tenant, page));
    }

    @Override
    public Outcome<EnrolmentToken> revoke(
        Caller caller, TenantId tenant, EnrolmentTokenId token, @Nullable String reason) {
      return calls.outcome(Samples.enrolmentToken(), tenant, token, Optional.ofNullable(reason));
    }

    @Override
    public Outcome<Page<Agent>> registrations(
        Caller caller, TenantId tenant, EnrolmentTokenId token, PageRequest page) {
      return Outcome.done(calls.page(Samples.agent(), tenant, token, page));
    }
  }

  record Agents(Calls calls) implements AgentAdministration {
    private static final AgentStanding STANDING = new AgentStanding(Samples.agent(), true);

    @Override
    public Outcome<Page<AgentStanding>> list(
        Caller caller, TenantId tenant, AgentFilter filter, PageRequest page) {
      return Outcome.done(calls.page(STANDING, tenant, filter, page));
    }

    @Override
    public Outcome<AgentStanding> find(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(STANDING, "find", tenant, agent);
    }

    @Override
    public Outcome<AgentStanding> enable(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(STANDING, "enable", tenant, agent);
    }

    @Override
    public Outcome<AgentStanding> disable(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(STANDING, "disable", tenant, agent);
    }

    @Override
    public Outcome<AgentStanding> drain(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(STANDING, "drain", tenant, agent);
    }

    @Override
    public Outcome<AgentId> delete(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(agent, "delete", tenant, agent);
    }

    @Override
    public Outcome<AgentStats> stats(Caller caller, TenantId tenant) {
      return calls.outcome(new AgentStats(4, 3, 1, 1, 0, 12, 5), tenant);
    }
  }

  record Keys(Calls calls) implements AgentCredentials {
    @Override
    public Outcome<Issued<AgentKey>> rotateKey(
        Caller caller, TenantId tenant, AgentId agent, Rotation rotation) {
      return calls.outcome(new Issued<>(Samples.agentKey(), SECRET), tenant, agent, rotation);
    }

    @Override
    public Outcome<Integer> revokeKeys(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(2, tenant, agent);
    }

    @Override
    public Outcome<List<AgentKey>> keys(Caller caller, TenantId tenant, AgentId agent) {
      return calls.outcome(List.of(Samples.agentKey()), tenant, agent);
    }
  }

  record Granting(Calls calls) implements AgentGranting {
    @Override
    public Outcome<List<AgentGrant>> grants(Caller caller, TenantId tenant, AgentId agent) {
      return Outcome.done(List.of(Samples.agentGrant()));
    }

    @Override
    public Outcome<List<AgentGrant>> grant(
        Caller caller, TenantId tenant, AgentId agent, Set<Permission> permissions, String note) {
      return calls.outcome(List.of(Samples.agentGrant()), tenant, agent, permissions, note);
    }
  }

  record Workers(Calls calls) implements WorkerQueries {
    @Override
    public Page<Worker> list(Caller caller, WorkerFilter filter, PageRequest page) {
      return calls.page(
          new Worker(
              Samples.agent(),
              filter.replica() == null ? null : new TenantSlug("acme"),
              "host-1a2b",
              Samples.AT),
          filter,
          page);
    }
  }

  record Heartbeats(Calls calls) implements Presence {
    @Override
    public Outcome<Answer> heartbeat(Caller caller, Heartbeat heartbeat) {
      return calls.outcome(
          new Answer(List.of(Samples.JOB_ID), List.of(Samples.JOB_ID), 20), heartbeat);
    }
  }

  record Declaring(Calls calls) implements Declarations {
    @Override
    public Outcome<Optional<Secret>> declare(Caller caller, Declaration declaration) {
      return calls.outcome(Optional.of(Secret.of("the-update-key")), declaration);
    }
  }

  record AgentTokens(Calls calls) implements AgentTokenAdministration {
    @Override
    public Outcome<Issued<AgentToken>> create(Caller caller, String name) {
      return calls.outcome(new Issued<>(Samples.agentToken(), SECRET), name);
    }

    @Override
    public Outcome<Page<AgentToken>> list(Caller caller, PageRequest page) {
      return Outcome.done(calls.page(Samples.agentToken(), page));
    }

    @Override
    public Outcome<AgentToken> revoke(Caller caller, AgentTokenId token) {
      return calls.outcome(Samples.agentToken(), token);
    }
  }

  record SharedPool(Calls calls) implements SharedAgentPoolAdministration {
    @Override
    public Outcome<Issued<PoolStanding>> create(Caller caller, Hints hints) {
      return calls.outcome(new Issued<>(Samples.pool(), SECRET), hints);
    }

    @Override
    public Outcome<PoolStanding> find(Caller caller) {
      return calls.outcome(Samples.pool());
    }

    @Override
    public Outcome<Issued<PoolStanding>> rotate(Caller caller, Duration grace) {
      return calls.outcome(new Issued<>(Samples.pool(), SECRET), grace);
    }
  }

  record SharedJoining(Calls calls) implements SharedEnrolment {
    @Override
    public Outcome<SharedEnrolled> register(
        SharedRegistration signed,
        @Nullable UUID instance,
        @Nullable Supplier<Declaration> declaration,
        AuditEntry.Origin origin) {
      return calls.outcome(
          new SharedEnrolled(
              Samples.agent(),
              Secret.of("the-token"),
              Samples.AT,
              declaration == null ? null : Secret.of("the-update-key")),
          signed,
          Optional.ofNullable(instance),
          Optional.ofNullable(declaration).map(Supplier::get));
    }
  }
}
