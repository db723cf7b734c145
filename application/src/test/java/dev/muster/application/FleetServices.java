package dev.muster.application;

import dev.muster.application.fleet.AgentCredentialService;
import dev.muster.application.fleet.AgentGrantService;
import dev.muster.application.fleet.AgentService;
import dev.muster.application.fleet.InlineWorkerService;
import dev.muster.application.fleet.PresenceService;
import dev.muster.application.fleet.WorkerQueryService;

/** Agents that have joined, over ports in memory. */
interface FleetServices extends Ground {
  /** Its agents, as people steer them. */
  default AgentService agents() {
    return new AgentService(
        ports().transactions(),
        ports().agents(),
        withdrawal(),
        ports().wakeups(),
        auditing(),
        ports().clock(),
        Installation.LEASE);
  }

  /** Its agents' keys. */
  default AgentCredentialService agentCredentials() {
    return new AgentCredentialService(
        ports().transactions(),
        new AgentCredentialService.Stores(
            ports().agents(), ports().agentKeys(), ports().agentGrants()),
        withdrawal(),
        ports().wakeups(),
        secrets(),
        auditing(),
        ports().clock());
  }

  /** What its agents may do beside being agents. */
  default AgentGrantService agentGranting() {
    return new AgentGrantService(
        ports().transactions(),
        ports().agents(),
        ports().agentGrants(),
        ports().wakeups(),
        auditing(),
        ports().clock());
  }

  /** Its agents' heartbeats. */
  default PresenceService presence() {
    return new PresenceService(
        ports().agents(), ports().leases(), withdrawal(), ports().clock(), Installation.LEASE);
  }

  /** The workers within its replicas. */
  default InlineWorkerService inlineWorkers() {
    return new InlineWorkerService(
        ports().transactions(),
        ports().agents(),
        ports().inlineAgents(),
        ports().tenants(),
        withdrawal(),
        auditing(),
        ports().clock(),
        ids());
  }

  /** Its agents that are connected. */
  default WorkerQueryService workers() {
    return new WorkerQueryService(
        ports().transactions(),
        ports().workers(),
        ports().workers(),
        ports().clock(),
        Installation.LEASE);
  }
}
