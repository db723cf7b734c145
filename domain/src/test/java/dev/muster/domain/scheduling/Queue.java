package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Jobs, tenants and agents to plan with, and a word for each thing that a test varies. */
final class Queue {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private Queue() {}

  static TenantId tenant(int number) {
    return new TenantId(new UUID(7, number));
  }

  static TenantSlug slug(int tenant) {
    return new TenantSlug("t" + tenant);
  }

  static TenantStanding standing(int tenant, int running, int cap) {
    return new TenantStanding(
        tenant(tenant), slug(tenant), 1, true, 0, running, running, cap, 1, 0, 0);
  }

  static AgentId agent(int number) {
    return new AgentId(new UUID(8, number));
  }

  static QueuedJob job(int number, int tenant, Priority priority, long secondsAgo) {
    return new QueuedJob(
        new JobId(new UUID(9, number)),
        tenant(tenant),
        Pool.SHARED,
        "task",
        priority,
        Requirements.of(Set.of(), Set.of(), null),
        NOW.minusSeconds(secondsAgo));
  }

  static QueuedJob requiring(QueuedJob job, Requirements requirements) {
    return new QueuedJob(
        job.id(),
        job.tenant(),
        job.pool(),
        job.workerType(),
        job.priority(),
        requirements,
        job.queuedAt());
  }

  static QueuedJob dedicated(QueuedJob job) {
    return new QueuedJob(
        job.id(),
        job.tenant(),
        Pool.DEDICATED,
        job.workerType(),
        job.priority(),
        job.requirements(),
        job.queuedAt());
  }

  static Seeker seeker(int number, int wanted, int leased, int maxConcurrent) {
    return new Seeker(
        agent(number),
        TenantId.SYSTEM,
        Abilities.of(Set.of(), Set.of(), null),
        "task",
        null,
        wanted,
        leased,
        maxConcurrent);
  }

  static Seeker able(Seeker seeker, Abilities abilities) {
    return new Seeker(
        seeker.agent(),
        seeker.tenant(),
        abilities,
        seeker.workerType(),
        seeker.servesTenant(),
        seeker.wanted(),
        seeker.leased(),
        seeker.maxConcurrent());
  }

  static Seeker owned(Seeker seeker, TenantId owner, TenantSlug servesTenant) {
    return new Seeker(
        seeker.agent(),
        owner,
        seeker.abilities(),
        seeker.workerType(),
        servesTenant,
        seeker.wanted(),
        seeker.leased(),
        seeker.maxConcurrent());
  }

  static Seeker working(Seeker seeker, String workerType) {
    return new Seeker(
        seeker.agent(),
        seeker.tenant(),
        seeker.abilities(),
        workerType,
        seeker.servesTenant(),
        seeker.wanted(),
        seeker.leased(),
        seeker.maxConcurrent());
  }

  static Abilities abilities(String region, String... capabilities) {
    return Abilities.of(new TreeSet<>(Arrays.asList(capabilities)), Set.of(), region);
  }

  static Requirements requirements(String region, String... capabilities) {
    return Requirements.of(new TreeSet<>(Arrays.asList(capabilities)), Set.of(), region);
  }
}
