package dev.muster.domain.access;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Who is calling, as their credential says. */
public sealed interface Principal {
  /**
   * The tenant that the credential belongs to; the system tenant for operators and platform agents.
   */
  TenantId tenant();

  /** What to call the principal where people read it. */
  String displayName();

  /**
   * Whether the principal has what an action needs; which objects it may touch is another question.
   */
  boolean may(Action action);

  /**
   * Whether the principal may do everything that a permission opens. Nobody passes on what they do
   * not have.
   */
  default boolean mayAllOf(Permission permission) {
    return Arrays.stream(Action.values())
        .filter(action -> action.permission() == permission)
        .allMatch(this::may);
  }

  /**
   * A person, or a program of a person's.
   *
   * @param scope what the token opens of all that the user may do
   */
  record OfUser(User user, TokenId token, TokenScope scope) implements Principal {
    @Override
    public TenantId tenant() {
      return user.tenant();
    }

    @Override
    public String displayName() {
      return user.name();
    }

    @Override
    public boolean may(Action action) {
      return user.role().permissions().contains(action.permission()) && scope.allows(action);
    }

    /** Whether this is an operator. */
    public boolean isOperator() {
      return user.role() == Role.OPERATOR;
    }
  }

  /**
   * An agent, which acts for itself, and beyond that as far as it was granted.
   *
   * @param granted what it may beside being an agent
   * @param keyGeneration how often its keys had all been taken back when its own was checked
   */
  record OfAgent(
      AgentId agent, AgentName name, TenantId tenant, Set<Permission> granted, int keyGeneration)
      implements Principal {
    /** Copies the set; an agent of the platform belongs to no tenant and has none. */
    public OfAgent {
      granted = tenant.isSystem() ? Set.of() : Set.copyOf(granted);
    }

    @Override
    public String displayName() {
      return name.value();
    }

    @Override
    public boolean may(Action action) {
      return action.permission() == AgentGrant.INNATE
          || AgentGrant.isGrantable(action.permission()) && granted.contains(action.permission());
    }
  }

  /** A person who calls the agents' endpoints as an agent, for support. */
  record ActingAs(OfUser person, OfAgent agent) implements Principal {
    @Override
    public TenantId tenant() {
      return agent.tenant();
    }

    @Override
    public String displayName() {
      return person.displayName() + " as " + agent.displayName();
    }

    /** What agents do, as long as the person may act as one; not what this one was granted. */
    @Override
    public boolean may(Action action) {
      return action.permission() == AgentGrant.INNATE && person.may(Action.AGENT_ACT_AS);
    }
  }

  /** Whoever holds the token of one job: reads, follows and cancels that one. */
  record OfJob(JobId job, TenantId tenant) implements Principal {
    private static final Set<Action> ALLOWED =
        EnumSet.of(Action.JOB_GET, Action.JOB_LOGS, Action.JOB_ATTEMPTS, Action.JOB_CANCEL);

    @Override
    public String displayName() {
      return "holder of job token";
    }

    @Override
    public boolean may(Action action) {
      return ALLOWED.contains(action);
    }
  }

  /** The server itself, for what it does by its own clock. It is never authenticated. */
  record OfServer(TenantId tenant) implements Principal {
    @Override
    public String displayName() {
      return "server";
    }

    @Override
    public boolean may(Action action) {
      return false;
    }
  }
}
