package dev.muster.domain.access;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
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

  /** A person, or a program of a person's. */
  record OfUser(User user, TokenId token) implements Principal {
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
      return user.role().permissions().contains(action.permission());
    }

    /** Whether this is an operator. */
    public boolean isOperator() {
      return user.role() == Role.OPERATOR;
    }
  }

  /** An agent, which acts for itself only. */
  record OfAgent(AgentId agent, AgentName name, TenantId tenant) implements Principal {
    @Override
    public String displayName() {
      return name.value();
    }

    @Override
    public boolean may(Action action) {
      return action.permission() == Permission.DATA_WRITE;
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
