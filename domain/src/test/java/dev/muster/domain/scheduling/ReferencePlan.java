package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The queue as it is while a reference plan is made: as it was, and what has been granted since.
 */
final class ReferencePlan {
  private final List<ReferenceScheduler.Tenant> tenants;
  private final List<ReferenceScheduler.Waiting> agents;
  private final Circumstances circumstances;
  private final List<Seeker> everyone;
  private final Map<TenantId, Long> virtualTimes = new HashMap<>();
  private final Map<TenantId, Long> floors = new HashMap<>();
  private final List<Planned> granted = new ArrayList<>();

  ReferencePlan(
      Collection<ReferenceScheduler.Tenant> tenants,
      Collection<ReferenceScheduler.Waiting> agents,
      Circumstances circumstances,
      ToLongFunction<ReferenceScheduler.Tenant> virtualTime) {
    this.tenants = List.copyOf(tenants);
    this.agents = List.copyOf(agents);
    this.circumstances = circumstances;
    everyone = new ArrayList<>(circumstances.online());
    agents.forEach(agent -> everyone.add(agent.seeker()));
    for (ReferenceScheduler.Tenant tenant : tenants) {
      virtualTimes.put(tenant.standing().tenant(), virtualTime.applyAsLong(tenant));
    }
  }

  List<ReferenceScheduler.Tenant> tenants() {
    return tenants;
  }

  long sharedCapacity() {
    return circumstances.sharedCapacity();
  }

  /** What was granted, with the floor that brings each tenant to where it has been raised. */
  List<Planned> planned() {
    return granted.stream()
        .map(one -> new Planned(one.grant(), one.job(), floors.get(one.grant().tenant())))
        .toList();
  }

  long virtualTime(ReferenceScheduler.Tenant tenant) {
    return virtualTimes.get(tenant.standing().tenant());
  }

  void raise(ReferenceScheduler.Tenant tenant, long to) {
    virtualTimes.merge(tenant.standing().tenant(), to, Math::max);
  }

  long runningShared(ReferenceScheduler.Tenant tenant) {
    return tenant.standing().runningShared()
        + count(one ->
            one.job().pool() == Pool.SHARED
                && one.grant().tenant().equals(tenant.standing().tenant()));
  }

  /** Sum of the weights of the tenants that run in the shared pool, or could start there. */
  long weights() {
    return tenants.stream()
        .filter(tenant -> runningShared(tenant) > 0 || couldStartShared(tenant))
        .mapToLong(tenant -> tenant.standing().weight())
        .sum();
  }

  /** Open, below its cap, and with a job that some agent of the pool could take one day. */
  private boolean couldStartShared(ReferenceScheduler.Tenant tenant) {
    return hasRoom(tenant)
        && left(tenant).stream()
            .filter(job -> job.pool() == Pool.SHARED)
            .anyMatch(job -> isAnyoneAble(job, tenant));
  }

  /** The tenant's next job: the first by the formula that fits an agent with a free slot. */
  @Nullable QueuedJob best(ReferenceScheduler.Tenant tenant, Pool pool) {
    if (!hasRoom(tenant)) {
      return null;
    }
    return left(tenant).stream()
        .filter(job -> job.pool() == pool)
        .filter(job -> !fitting(job, tenant).isEmpty())
        .min(formula())
        .orElse(null);
  }

  /** Gives a job of the tenant's to the least loaded agent that it fits. */
  void start(ReferenceScheduler.Tenant tenant, QueuedJob job) {
    ReferenceScheduler.Waiting agent =
        fitting(job, tenant).stream()
            .min(
                Comparator.comparing(this::load)
                    .thenComparing(ReferenceScheduler.Waiting::lot)
                    .thenComparing(one -> one.seeker().agent().value()))
            .orElseThrow();
    TenantId id = tenant.standing().tenant();
    floors.put(id, virtualTime(tenant) - grants(tenant) * tenant.standing().startCost());
    granted.add(new Planned(new Grant(id, job.id(), agent.seeker().agent()), job, 0));
    virtualTimes.merge(id, tenant.standing().startCost(), Long::sum);
  }

  /** base + min(10 × minutes waited, 500) first; then the elder, then the smaller id. */
  Comparator<QueuedJob> formula() {
    return Comparator.comparing(this::value)
        .reversed()
        .thenComparing(QueuedJob::queuedAt)
        .thenComparing(job -> job.id().toString());
  }

  /** The formula times sixty thousand million: a whole number. */
  private BigInteger value(QueuedJob job) {
    BigInteger minute = BigInteger.valueOf(60_000_000_000L);
    BigInteger waited =
        BigInteger.valueOf(Duration.between(job.queuedAt(), circumstances.now()).toNanos());
    return BigInteger.valueOf(job.priority().base())
        .multiply(minute)
        .add(waited.multiply(BigInteger.TEN).min(BigInteger.valueOf(500).multiply(minute)));
  }

  private boolean hasRoom(ReferenceScheduler.Tenant tenant) {
    TenantStanding standing = tenant.standing();
    return standing.open() && standing.running() + grants(tenant) < standing.cap();
  }

  private List<QueuedJob> left(ReferenceScheduler.Tenant tenant) {
    return tenant.queued().stream()
        .filter(job -> count(one -> one.job().id().equals(job.id())) == 0)
        .toList();
  }

  private List<ReferenceScheduler.Waiting> fitting(
      QueuedJob job, ReferenceScheduler.Tenant tenant) {
    return agents.stream()
        .filter(agent -> active(agent) < agent.seeker().maxConcurrent())
        .filter(agent -> given(agent) < agent.seeker().wanted())
        .filter(agent ->
            ReferenceMatching.fits(
                job, tenant.standing().slug(), agent.seeker(), everyone, circumstances))
        .toList();
  }

  private boolean isAnyoneAble(QueuedJob job, ReferenceScheduler.Tenant tenant) {
    return everyone.stream()
        .anyMatch(agent -> ReferenceMatching.couldTake(job, tenant.standing().slug(), agent));
  }

  private int given(ReferenceScheduler.Waiting agent) {
    return count(one -> one.grant().agent().equals(agent.seeker().agent()));
  }

  private int active(ReferenceScheduler.Waiting agent) {
    return agent.seeker().leased() + given(agent);
  }

  private int grants(ReferenceScheduler.Tenant tenant) {
    return count(one -> one.grant().tenant().equals(tenant.standing().tenant()));
  }

  private int count(Predicate<Planned> which) {
    int count = 0;
    for (Planned one : granted) {
      count += which.test(one) ? 1 : 0;
    }
    return count;
  }

  /** Active ÷ max concurrent, times the least common multiple of small numbers: whole numbers. */
  private BigInteger load(ReferenceScheduler.Waiting agent) {
    BigInteger product = BigInteger.ONE;
    for (ReferenceScheduler.Waiting other : agents) {
      product = product.multiply(BigInteger.valueOf(Math.max(1, other.seeker().maxConcurrent())));
    }
    return product
        .multiply(BigInteger.valueOf(active(agent)))
        .divide(BigInteger.valueOf(agent.seeker().maxConcurrent()));
  }
}
