package dev.muster.domain.access;

import dev.muster.domain.identity.WireNamed;

/** What a principal may do. */
public enum Permission implements WireNamed {
  /** Submit, cancel and retry work. */
  WORKFLOW_EXECUTE,
  /** Change workflows and schedules. */
  WORKFLOW_MANAGE,
  /** See workflows, runs and schedules. */
  WORKFLOW_READ,
  /** Call integrations. */
  INTEGRATION_EXECUTE,
  /** Change integrations and their credentials. */
  INTEGRATION_MANAGE,
  /** See integrations. */
  INTEGRATION_READ,
  /** See jobs, agents and workers. */
  DATA_READ,
  /** What agents do: claim, report, log. */
  DATA_WRITE,
  /** Statistics and the audit log. */
  DATA_QUERY,
  /** Enrol, enable, disable, drain and remove agents; their tokens. */
  AGENT_MANAGE,
  /** Act as an agent, for support. */
  AGENT_IMPERSONATE,
  /** Publish events. */
  EVENT_PUBLISH,
  /** See events and subscribe to them. */
  EVENT_SUBSCRIBE,
  /** Run the installation: tenants, plans, users, releases. */
  SYSTEM_ADMIN
}
