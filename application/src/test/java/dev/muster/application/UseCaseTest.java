package dev.muster.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.Principal;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.scheduling.Grant;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import dev.muster.ports.in.tenancy.TenantAdministration.NewTenant;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.fleet.Sightings.Sighting;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What tests of use cases have in common: an installation, and who and what is in it. */
public abstract class UseCaseTest {
  /** From where calls come. */
  protected static final AuditEntry.Origin ORIGIN =
      new AuditEntry.Origin("192.0.2.7", "test/1", "request-1");

  /** What an agent without any ability can do. */
  protected static final Abilities ANY = Abilities.of(Set.of(), Set.of(), null);

  private final Installation installation = new Installation();
  private final AtomicInteger named = new AtomicInteger();

  /** The installation of this test. */
  protected final Installation in() {
    return installation;
  }

  /** What the installation is built on. */
  protected final InMemoryPorts ports() {
    return installation.ports();
  }

  /** Now, by the installation's clock. */
  protected final Instant now() {
    return installation.clock().instant();
  }

  /** Lets time pass. */
  protected final void pass(Duration time) {
    installation.clock().advance(time);
  }

  /** An operator. */
  protected final Caller operator() {
    return caller(TenantId.SYSTEM, Role.OPERATOR);
  }

  /** A user of a tenant. */
  protected final Caller member(Tenant tenant) {
    return caller(tenant.id(), Role.MEMBER);
  }

  /** An administrator of a tenant. */
  protected final Caller admin(Tenant tenant) {
    return caller(tenant.id(), Role.ADMIN);
  }

  private Caller caller(TenantId tenant, Role role) {
    UserId id = new UserId(installation.ids().next());
    User user = new User(id, tenant, "somebody", role, now());
    return new Caller(new Principal.OfUser(user, new TokenId(id.value()), TokenScope.ALL), ORIGIN);
  }

  /** The holder of a job's token. */
  protected final Caller holder(Job job) {
    return new Caller(new Principal.OfJob(job.id(), job.tenant()), ORIGIN);
  }

  /** An agent that calls. */
  protected final Caller calling(Agent agent) {
    int generation = ports().agents().keyGenerationOf(agent.id());
    return new Caller(
        new Principal.OfAgent(agent.id(), agent.name(), agent.tenant(), Set.of(), generation),
        ORIGIN);
  }

  /** A new tenant of the shared pool. */
  protected final Tenant tenant(PlanName plan) {
    return tenant(plan, Pool.SHARED);
  }

  /** A new tenant. */
  protected final Tenant tenant(PlanName plan, Pool pool) {
    return value(
        installation
            .tenants()
            .create(operator(), newTenant("t" + named.incrementAndGet(), plan, pool)));
  }

  /** A tenant to be made. */
  protected static NewTenant newTenant(String slug, PlanName plan, Pool pool) {
    return new NewTenant(
        new TenantSlug(slug),
        "A tenant",
        plan,
        WorkerMode.AGENT,
        pool,
        Tenant.DEFAULT_WORKER_TYPE,
        SecretDelivery.REFERENCE,
        null,
        List.of());
  }

  /** Suspends a tenant. */
  protected final void suspend(Tenant tenant) {
    value(installation.tenants().suspend(operator(), tenant.slug()));
  }

  /** A new platform agent that is online. */
  protected final Agent agent(int maxConcurrent) {
    return agent(ANY, maxConcurrent);
  }

  /** A new platform agent that is online. */
  protected final Agent agent(Abilities abilities, int maxConcurrent) {
    return online(enrolled(abilities, maxConcurrent).agent());
  }

  /** A new platform agent with its secrets, which has not called yet. */
  protected final Enrolled enrolled(Abilities abilities, int maxConcurrent) {
    return value(
        installation.enrolment().byOperator(operator(), applicant(abilities, maxConcurrent), null));
  }

  /** A new agent of a tenant's own with its secrets, which has not called yet. */
  protected final Enrolled agentOf(Tenant tenant) {
    Secret token =
        value(
                installation
                    .enrolmentTokens()
                    .create(
                        operator(),
                        tenant.id(),
                        new NewEnrolmentToken("for tests", 1, 1, Constraints.NONE)))
            .secret();
    return value(installation.enrolment().withRegistrationToken(token, applicant(ANY, 1), ORIGIN));
  }

  /** Somebody who wants to join, under a name of its own. */
  protected final Applicant applicant(Abilities abilities, int maxConcurrent) {
    AgentName name = new AgentName("agent-" + named.incrementAndGet());
    return new Applicant(name, abilities, maxConcurrent, "1.0.0", null);
  }

  /** Notes that an agent calls now. */
  protected final Agent online(Agent agent) {
    ports().agents().note(List.of(new Sighting(agent.tenant(), agent.id(), now(), null)));
    return stored(agent);
  }

  /** An agent as it is now. */
  protected final Agent stored(Agent agent) {
    return ports().agents().find(agent.tenant(), agent.id()).orElseThrow();
  }

  /** A new job in the queue. */
  protected final Job queued(Tenant tenant) {
    return queued(tenant, Specs.plain());
  }

  /** A new job in the queue. */
  protected final Job queued(Tenant tenant, JobSpec spec) {
    return value(installation.submission().submit(member(tenant), spec)).standing().job();
  }

  /** A new job that an agent has. */
  protected final Job assigned(Tenant tenant, Agent agent) {
    return assigned(queued(tenant), agent);
  }

  /** Gives a job to an agent. */
  protected final Job assigned(Job job, Agent agent) {
    return assigned(job, agent, null);
  }

  /** Gives a job to an agent under a claim. */
  protected final Job assigned(Job job, Agent agent, @Nullable String claimId) {
    Grant grant = new Grant(job.tenant(), job.id(), agent.id());
    Assignment step = new Assignment(new Planned(grant, QueuedJob.of(job), 0), claimId);
    return ports()
        .jobQueue()
        .execute(List.of(step), now(), now().plus(Installation.LEASE))
        .started()
        .getFirst()
        .job();
  }

  /** A job as it is now. */
  protected final Job stored(Job job) {
    return ports().jobs().find(job.tenant(), job.id()).orElseThrow();
  }

  /** Every entry of the audit log, oldest first. */
  protected final List<AuditEntry> audited() {
    return ports()
        .auditLog()
        .list(AuditFilter.ALL, new PageRequest(PageRequest.MOST, null))
        .items()
        .reversed();
  }

  /** The entries with this action, oldest first. */
  protected final List<AuditEntry> audited(String action) {
    return audited().stream().filter(entry -> entry.action().equals(action)).toList();
  }

  /** What came of an operation that was done. */
  protected static <T> T value(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T> done -> done.value();
      case Outcome.Refused<T> refused -> throw new AssertionError(refused.refusal().toString());
    };
  }

  /** Demands that an operation was refused with this code. */
  protected static void assertRefused(Outcome<?> outcome, Refusal.Code code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.refusal().code()).isEqualTo(code));
  }

  /** An id that nothing has. */
  protected final JobId unknownJob() {
    return new JobId(installation.ids().next());
  }

  /** An id that nothing has. */
  protected final AgentId unknownAgent() {
    return new AgentId(installation.ids().next());
  }
}
