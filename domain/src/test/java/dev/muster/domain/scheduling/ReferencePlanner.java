package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The rules as they are written down, one by one and over again for each grant: slow, and meant to
 * be seen to be right. The production planner is held against it.
 */
final class ReferencePlanner {
  private final QueueView view;
  private final List<Seeker> seekers;
  private final List<Grant> grants = new ArrayList<>();

  private ReferencePlanner(QueueView view, List<Seeker> seekers) {
    this.view = view;
    this.seekers = seekers;
  }

  static List<Grant> plan(QueueView view, List<Seeker> seekers) {
    ReferencePlanner planner = new ReferencePlanner(view, seekers);
    while (planner.grantOne()) {
      // Once more, from the beginning.
    }
    return planner.grants;
  }

  /** Sixty thousand million times {@code base + min(10 × minutes, 500)}: a whole number. */
  static BigInteger value(QueuedJob job, QueueView view) {
    BigInteger minute = BigInteger.valueOf(60_000_000_000L);
    BigInteger waited = BigInteger.valueOf(Duration.between(job.queuedAt(), view.now()).toNanos());
    return BigInteger.valueOf(job.priority().base())
        .multiply(minute)
        .add(waited.multiply(BigInteger.TEN).min(BigInteger.valueOf(500).multiply(minute)));
  }

  static Comparator<QueuedJob> order(QueueView view) {
    return Comparator.comparing((QueuedJob job) -> value(job, view))
        .reversed()
        .thenComparing(QueuedJob::queuedAt)
        .thenComparing(job -> job.id().toString());
  }

  private boolean grantOne() {
    for (QueuedJob job : view.candidates().stream().sorted(order(view)).toList()) {
      if (isGranted(job) || !hasRoom(job.tenant())) {
        continue;
      }
      Seeker best = null;
      for (Seeker seeker : seekers) {
        if (slots(seeker) > 0
            && fits(job, seeker)
            && (best == null || load(seeker).compareTo(load(best)) < 0)) {
          best = seeker;
        }
      }
      if (best != null) {
        grants.add(new Grant(job.tenant(), job.id(), best.agent()));
        return true;
      }
    }
    return false;
  }

  private boolean isGranted(QueuedJob job) {
    return grants.stream().anyMatch(grant -> grant.job().equals(job.id()));
  }

  private boolean hasRoom(TenantId tenant) {
    Map<TenantId, TenantLoad> loads = view.loads();
    long granted = grants.stream().filter(grant -> grant.tenant().equals(tenant)).count();
    return loads.containsKey(tenant)
        && loads.get(tenant).running() + granted < loads.get(tenant).cap();
  }

  private long grantedTo(Seeker seeker) {
    return grants.stream().filter(grant -> grant.agent().equals(seeker.agent())).count();
  }

  private long slots(Seeker seeker) {
    return Math.min(seeker.wanted(), seeker.maxConcurrent() - seeker.leased()) - grantedTo(seeker);
  }

  private BigDecimal load(Seeker seeker) {
    return BigDecimal.valueOf(seeker.leased() + grantedTo(seeker))
        .divide(BigDecimal.valueOf(seeker.maxConcurrent()), MathContext.DECIMAL128);
  }

  private boolean fits(QueuedJob job, Seeker agent) {
    if (!couldTake(job, agent)) {
      return false;
    }
    String preferred = job.requirements().preferredRegion();
    if (preferred == null || preferred.equals(agent.abilities().region())) {
      return true;
    }
    if (job.queuedAt().plus(view.regionPatience()).isBefore(view.now())) {
      return true;
    }
    for (Seeker other : RandomQueue.everyone(view, seekers)) {
      if (preferred.equals(other.abilities().region()) && couldTake(job, other)) {
        return false;
      }
    }
    return true;
  }

  private boolean couldTake(QueuedJob job, Seeker agent) {
    boolean pool =
        agent.tenant().equals(TenantId.SYSTEM)
            ? job.pool() == Pool.SHARED
                && (agent.servesTenant() == null
                    || agent.servesTenant().equals(view.loads().get(job.tenant()).slug()))
            : job.pool() == Pool.DEDICATED && job.tenant().equals(agent.tenant());
    boolean able = true;
    for (String capability : job.requirements().capabilities()) {
      able &= agent.abilities().capabilities().contains(capability);
    }
    for (String tool : job.requirements().tools()) {
      able &= agent.abilities().tools().contains(tool);
    }
    return pool && able && agent.workerType().equals(job.workerType());
  }
}
