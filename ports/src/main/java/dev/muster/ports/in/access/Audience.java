package dev.muster.ports.in.access;

/** Whom an operation is for, beside the permission that it needs. */
public enum Audience {
  /** Operators only. */
  OPERATORS,
  /** Users of a tenant, operators, and the tenant's agents as far as they were granted it. */
  USERS,
  /** The same, and the holder of the named job's token. */
  USERS_AND_JOB_HOLDERS,
  /** Agents, and operators who act as one. */
  AGENTS
}
