package dev.muster.application.fleet;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.identity.Ids;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.InlineWorkers;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.InlineAgents;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** Takes the workers within replicas in, and lets them go. */
public final class InlineWorkerService implements InlineWorkers {
  private static final int LONGEST_REPLICA = 45;
  private static final int DIGITS = 8;

  private final Transactions transactions;
  private final Agents agents;
  private final InlineAgents inlineAgents;
  private final Tenants tenants;
  private final Withdrawal withdrawal;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Keeps workers in {@code agents}. */
  public InlineWorkerService(
      Transactions transactions,
      Agents agents,
      InlineAgents inlineAgents,
      Tenants tenants,
      Withdrawal withdrawal,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.agents = agents;
    this.inlineAgents = inlineAgents;
    this.tenants = tenants;
    this.withdrawal = withdrawal;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public boolean areNeeded() {
    return transactions.acrossTenants(inlineAgents::areNeeded);
  }

  @Override
  public Caller enter(String replica, int slots) {
    Agent worker = worker(replica, slots, clock.instant());
    transactions.inTenant(
        TenantId.SYSTEM,
        () -> {
          if (!agents.add(TenantId.SYSTEM, worker)) {
            throw new IllegalStateException("an agent has the name " + worker.name());
          }
          auditing.doneByServer(
              TenantId.SYSTEM,
              "agent.inline_entered",
              resource(worker.id()),
              null,
              State.of("name", worker.name()).with("max_concurrent", slots));
          return true;
        });
    return new Caller(
        new Principal.OfAgent(worker.id(), worker.name(), TenantId.SYSTEM, Set.of(), 0),
        Origin.SERVER);
  }

  private Agent worker(String replica, int slots, Instant now) {
    AgentId id = new AgentId(ids.next(now));
    return new Agent(
        id,
        TenantId.SYSTEM,
        nameOf(replica, id),
        Abilities.of(Set.of(CAPABILITY), Set.of(), null),
        Placement.INLINE,
        null,
        slots,
        0,
        true,
        false,
        null,
        now,
        now);
  }

  private static AgentName nameOf(String replica, AgentId id) {
    String start = replica.substring(0, Math.min(replica.length(), LONGEST_REPLICA));
    String digits = id.toString();
    return new AgentName("inline-" + start + "-" + digits.substring(digits.length() - DIGITS));
  }

  @Override
  public boolean mayRun(TenantId tenant) {
    return transactions.acrossTenants(
        () -> tenants.find(tenant).filter(it -> it.workerMode() == WorkerMode.INLINE).isPresent());
  }

  @Override
  public void leave(Caller worker) {
    AgentId id = worker.agent();
    // Whatever another replica plans at this moment, it is given nothing more from here on.
    transactions.inTenant(
        TenantId.SYSTEM,
        () -> {
          agents.steer(TenantId.SYSTEM, id, false, false, null);
          noteGone(auditing, id, worker.principal().displayName());
          return true;
        });
    withdrawal.ofAll(id);
    transactions.inTenant(
        TenantId.SYSTEM,
        () -> {
          agents.remove(TenantId.SYSTEM, id);
          return true;
        });
  }

  /** Notes that a worker is gone, in the open transaction. */
  public static void noteGone(Auditing auditing, AgentId id, String name) {
    auditing.doneByServer(
        TenantId.SYSTEM, "agent.inline_left", resource(id), State.of("name", name), null);
  }

  private static Resource resource(AgentId id) {
    return new Resource("agent", id.toString());
  }
}
