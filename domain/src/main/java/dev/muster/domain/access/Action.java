package dev.muster.domain.access;

import java.util.Set;

/** Every operation that Muster knows, with the one permission that it needs. */
public enum Action {
  // workflow_execute
  /** {@code job.submit}. */
  JOB_SUBMIT("job.submit", Permission.WORKFLOW_EXECUTE),
  /** {@code job.cancel}. */
  JOB_CANCEL("job.cancel", Permission.WORKFLOW_EXECUTE),
  /** {@code job.retry}. */
  JOB_RETRY("job.retry", Permission.WORKFLOW_EXECUTE),
  /** {@code job.retry_many}. */
  JOB_RETRY_MANY("job.retry_many", Permission.WORKFLOW_EXECUTE),
  /** {@code workflow.run}. */
  WORKFLOW_RUN("workflow.run", Permission.WORKFLOW_EXECUTE),
  /** {@code run.cancel}. */
  RUN_CANCEL("run.cancel", Permission.WORKFLOW_EXECUTE),
  /** {@code schedule.trigger}. */
  SCHEDULE_TRIGGER("schedule.trigger", Permission.WORKFLOW_EXECUTE),
  // workflow_manage
  /** {@code workflow.create}. */
  WORKFLOW_CREATE("workflow.create", Permission.WORKFLOW_MANAGE),
  /** {@code workflow.update}. */
  WORKFLOW_UPDATE("workflow.update", Permission.WORKFLOW_MANAGE),
  /** {@code workflow.delete}. */
  WORKFLOW_DELETE("workflow.delete", Permission.WORKFLOW_MANAGE),
  /** {@code schedule.create}. */
  SCHEDULE_CREATE("schedule.create", Permission.WORKFLOW_MANAGE),
  /** {@code schedule.update}. */
  SCHEDULE_UPDATE("schedule.update", Permission.WORKFLOW_MANAGE),
  /** {@code schedule.delete}. */
  SCHEDULE_DELETE("schedule.delete", Permission.WORKFLOW_MANAGE),
  // workflow_read
  /** {@code workflow.list}. */
  WORKFLOW_LIST("workflow.list", Permission.WORKFLOW_READ),
  /** {@code workflow.get}. */
  WORKFLOW_GET("workflow.get", Permission.WORKFLOW_READ),
  /** {@code run.list}. */
  RUN_LIST("run.list", Permission.WORKFLOW_READ),
  /** {@code run.get}. */
  RUN_GET("run.get", Permission.WORKFLOW_READ),
  /** {@code schedule.list}. */
  SCHEDULE_LIST("schedule.list", Permission.WORKFLOW_READ),
  // integration_execute
  /** {@code integration.call}. */
  INTEGRATION_CALL("integration.call", Permission.INTEGRATION_EXECUTE),
  /** {@code integration.test}. */
  INTEGRATION_TEST("integration.test", Permission.INTEGRATION_EXECUTE),
  // integration_manage
  /** {@code integration.create}. */
  INTEGRATION_CREATE("integration.create", Permission.INTEGRATION_MANAGE),
  /** {@code integration.update}. */
  INTEGRATION_UPDATE("integration.update", Permission.INTEGRATION_MANAGE),
  /** {@code integration.delete}. */
  INTEGRATION_DELETE("integration.delete", Permission.INTEGRATION_MANAGE),
  /** {@code integration.connect}. */
  INTEGRATION_CONNECT("integration.connect", Permission.INTEGRATION_MANAGE),
  /** {@code credential.store}. */
  CREDENTIAL_STORE("credential.store", Permission.INTEGRATION_MANAGE),
  /** {@code credential.rotate}. */
  CREDENTIAL_ROTATE("credential.rotate", Permission.INTEGRATION_MANAGE),
  /** {@code credential.delete}. */
  CREDENTIAL_DELETE("credential.delete", Permission.INTEGRATION_MANAGE),
  // integration_read
  /** {@code integration.list}. */
  INTEGRATION_LIST("integration.list", Permission.INTEGRATION_READ),
  /** {@code integration.get}. */
  INTEGRATION_GET("integration.get", Permission.INTEGRATION_READ),
  /** {@code integration.health}. */
  INTEGRATION_HEALTH("integration.health", Permission.INTEGRATION_READ),
  // data_read
  /** {@code job.list}. */
  JOB_LIST("job.list", Permission.DATA_READ),
  /** {@code job.get}. */
  JOB_GET("job.get", Permission.DATA_READ),
  /** {@code job.logs}. */
  JOB_LOGS("job.logs", Permission.DATA_READ),
  /** {@code job.attempts}. */
  JOB_ATTEMPTS("job.attempts", Permission.DATA_READ),
  /** {@code job.explain}. */
  JOB_EXPLAIN("job.explain", Permission.DATA_READ),
  /** {@code agent.list}. */
  AGENT_LIST("agent.list", Permission.DATA_READ),
  /** {@code agent.get}. */
  AGENT_GET("agent.get", Permission.DATA_READ),
  /** {@code worker.list}. */
  WORKER_LIST("worker.list", Permission.DATA_READ),
  // data_write
  /** {@code job.claim}. */
  JOB_CLAIM("job.claim", Permission.DATA_WRITE),
  /** {@code job.report}. */
  JOB_REPORT("job.report", Permission.DATA_WRITE),
  /** {@code job.log}. */
  JOB_LOG("job.log", Permission.DATA_WRITE),
  /** {@code agent.heartbeat}. */
  AGENT_HEARTBEAT("agent.heartbeat", Permission.DATA_WRITE),
  /** {@code update.get}. */
  UPDATE_GET("update.get", Permission.DATA_WRITE),
  /** {@code update.report}. */
  UPDATE_REPORT("update.report", Permission.DATA_WRITE),
  // data_query
  /** {@code stats.read}. */
  STATS_READ("stats.read", Permission.DATA_QUERY),
  /** {@code audit.query}. */
  AUDIT_QUERY("audit.query", Permission.DATA_QUERY),
  /** {@code audit.export}. */
  AUDIT_EXPORT("audit.export", Permission.DATA_QUERY),
  // agent_manage
  /** {@code agent.create}. */
  AGENT_CREATE("agent.create", Permission.AGENT_MANAGE),
  /** {@code agent.enable}. */
  AGENT_ENABLE("agent.enable", Permission.AGENT_MANAGE),
  /** {@code agent.disable}. */
  AGENT_DISABLE("agent.disable", Permission.AGENT_MANAGE),
  /** {@code agent.drain}. */
  AGENT_DRAIN("agent.drain", Permission.AGENT_MANAGE),
  /** {@code agent.delete}. */
  AGENT_DELETE("agent.delete", Permission.AGENT_MANAGE),
  /** {@code agent.rotate_key}. */
  AGENT_ROTATE_KEY("agent.rotate_key", Permission.AGENT_MANAGE),
  /** {@code agent.revoke_key}. */
  AGENT_REVOKE_KEY("agent.revoke_key", Permission.AGENT_MANAGE),
  /** {@code agent.grant}. */
  AGENT_GRANT("agent.grant", Permission.AGENT_MANAGE),
  /** {@code agent.set_limits}. */
  AGENT_SET_LIMITS("agent.set_limits", Permission.AGENT_MANAGE),
  /** {@code agent.set_fingerprints}. */
  AGENT_SET_FINGERPRINTS("agent.set_fingerprints", Permission.AGENT_MANAGE),
  /** {@code agent.rotate_signing_secret}. */
  AGENT_ROTATE_SIGNING_SECRET("agent.rotate_signing_secret", Permission.AGENT_MANAGE),
  /** {@code token.create}. */
  TOKEN_CREATE("token.create", Permission.AGENT_MANAGE),
  /** {@code token.list}. */
  TOKEN_LIST("token.list", Permission.AGENT_MANAGE),
  /** {@code token.revoke}. */
  TOKEN_REVOKE("token.revoke", Permission.AGENT_MANAGE),
  // agent_impersonate
  /** {@code agent.act_as}. */
  AGENT_ACT_AS("agent.act_as", Permission.AGENT_IMPERSONATE),
  // event_publish
  /** {@code event.publish}. */
  EVENT_PUBLISH("event.publish", Permission.EVENT_PUBLISH),
  // event_subscribe
  /** {@code event.list}. */
  EVENT_LIST("event.list", Permission.EVENT_SUBSCRIBE),
  /** {@code event.subscribe}. */
  EVENT_SUBSCRIBE("event.subscribe", Permission.EVENT_SUBSCRIBE),
  /** {@code event.unsubscribe}. */
  EVENT_UNSUBSCRIBE("event.unsubscribe", Permission.EVENT_SUBSCRIBE),
  /** {@code event.stream}. */
  EVENT_STREAM("event.stream", Permission.EVENT_SUBSCRIBE),
  // system_admin
  /** {@code tenant.create}. */
  TENANT_CREATE("tenant.create", Permission.SYSTEM_ADMIN),
  /** {@code tenant.list}. */
  TENANT_LIST("tenant.list", Permission.SYSTEM_ADMIN),
  /** {@code tenant.get}. */
  TENANT_GET("tenant.get", Permission.SYSTEM_ADMIN),
  /** {@code tenant.update}. */
  TENANT_UPDATE("tenant.update", Permission.SYSTEM_ADMIN),
  /** {@code tenant.suspend}. */
  TENANT_SUSPEND("tenant.suspend", Permission.SYSTEM_ADMIN),
  /** {@code tenant.resume}. */
  TENANT_RESUME("tenant.resume", Permission.SYSTEM_ADMIN),
  /** {@code tenant.set_worker_limit}. */
  TENANT_SET_WORKER_LIMIT("tenant.set_worker_limit", Permission.SYSTEM_ADMIN),
  /** {@code plan.get}. */
  PLAN_GET("plan.get", Permission.SYSTEM_ADMIN),
  /** {@code plan.update}. */
  PLAN_UPDATE("plan.update", Permission.SYSTEM_ADMIN),
  /** {@code user.create}. */
  USER_CREATE("user.create", Permission.SYSTEM_ADMIN),
  /** {@code user.list}. */
  USER_LIST("user.list", Permission.SYSTEM_ADMIN),
  /** {@code user.create_token}. */
  USER_CREATE_TOKEN("user.create_token", Permission.SYSTEM_ADMIN),
  /** {@code user.list_tokens}. */
  USER_LIST_TOKENS("user.list_tokens", Permission.SYSTEM_ADMIN),
  /** {@code user.revoke_token}. */
  USER_REVOKE_TOKEN("user.revoke_token", Permission.SYSTEM_ADMIN),
  /** {@code release.create}. */
  RELEASE_CREATE("release.create", Permission.SYSTEM_ADMIN),
  /** {@code release.list}. */
  RELEASE_LIST("release.list", Permission.SYSTEM_ADMIN),
  /** {@code release.rollout}. */
  RELEASE_ROLLOUT("release.rollout", Permission.SYSTEM_ADMIN),
  /** {@code pool.create}. */
  POOL_CREATE("pool.create", Permission.SYSTEM_ADMIN),
  /** {@code pool.get}. */
  POOL_GET("pool.get", Permission.SYSTEM_ADMIN),
  /** {@code pool.rotate_key}. */
  POOL_ROTATE_KEY("pool.rotate_key", Permission.SYSTEM_ADMIN),
  /** {@code scheduler.simulate}. */
  SCHEDULER_SIMULATE("scheduler.simulate", Permission.SYSTEM_ADMIN),
  /** {@code audit.query_all}. */
  AUDIT_QUERY_ALL("audit.query_all", Permission.SYSTEM_ADMIN),
  /** {@code audit.export_all}. */
  AUDIT_EXPORT_ALL("audit.export_all", Permission.SYSTEM_ADMIN);

  /** What a name ends with where the action only looks. */
  private static final Set<String> LOOKING =
      Set.of(
          "list",
          "list_tokens",
          "get",
          "read",
          "query",
          "query_all",
          "export",
          "export_all",
          "logs",
          "attempts",
          "explain",
          "health",
          "stream",
          "simulate");

  private final String wireName;
  private final Permission permission;

  Action(String wireName, Permission permission) {
    this.wireName = wireName;
    this.permission = permission;
  }

  /** The name in documents, denials and audit entries. */
  public String wireName() {
    return wireName;
  }

  /** What a principal must have. */
  public Permission permission() {
    return permission;
  }

  /** Whether it changes nothing but the audit log. */
  public boolean onlyLooks() {
    return LOOKING.contains(wireName.substring(wireName.indexOf('.') + 1));
  }
}
