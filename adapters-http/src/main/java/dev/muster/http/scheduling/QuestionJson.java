package dev.muster.http.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.WhatIf;
import dev.muster.domain.scheduling.WhatIf.PlanChange;
import dev.muster.domain.scheduling.WhatIf.TenantChange;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Question;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Field;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a simulation is asked, on the wire. */
final class QuestionJson {
  private static final int MOST_LIMIT = 1_000_000;
  private static final int MOST_WEIGHT = 10_000;
  private static final int MOST_TENANTS = 1_000;
  private static final int MOST_KINDS = 100;
  private static final int MOST_ADDED = 1_000;
  private static final int MOST_REMOVED = 1_000;
  private static final int MOST_RUN_SECONDS = 86_400;
  private static final int MOST_HORIZON_SECONDS = 7 * 86_400;
  private static final int USUAL_RUN_SECONDS = 60;
  private static final int USUAL_HORIZON_SECONDS = 86_400;
  private static final Kind<Integer> LIMIT = Kinds.integer(1, MOST_LIMIT);
  private static final Kind<Integer> WEIGHT = Kinds.integer(1, MOST_WEIGHT);

  private static final Kind<Double> SHARE =
      (node, pointer, problems) -> {
        if (node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= 1) {
          return node.doubleValue();
        }
        problems.add(pointer, "must be a number from 0 to 1");
        return null;
      };

  private static final Kind<PlanChange> PLAN =
      Kinds.object(in -> {
        var jobs = in.optional("max_concurrent_jobs", LIMIT);
        var queue = in.optional("max_queue_size", LIMIT);
        var weight = in.optional("weight", WEIGHT);
        return () -> new PlanChange(jobs.orNull(), queue.orNull(), weight.orNull());
      });

  private static final Kind<Map<PlanName, PlanChange>> PLANS =
      Kinds.object(in -> {
        var changes = new EnumMap<PlanName, Field<PlanChange>>(PlanName.class);
        for (PlanName name : PlanName.values()) {
          changes.put(name, in.optional(name.wireName(), PLAN));
        }
        return () -> given(changes);
      });

  private static final Kind<TenantChange> TENANT =
      Kinds.object(in -> {
        var weight = in.optional("weight", WEIGHT);
        var limit = in.optional("task_max_concurrent", Kinds.integer(0, MOST_LIMIT));
        var suspended = in.optional("suspended", Kinds.bool());
        return () -> new TenantChange(weight.orNull(), limit.orNull(), suspended.orNull());
      });

  private static final Kind<Added> ADDED =
      Kinds.object(in -> {
        var count = in.optional("count", Kinds.integer(1, MOST_ADDED));
        var capabilities = in.optional("capabilities", Words.LABELS);
        var tools = in.optional("tools", Words.LABELS);
        var region = in.optional("region", Words.LABEL);
        var type = in.optional("worker_type", Words.LABEL);
        var most = in.optional("max_concurrent", Kinds.integer(1, Agent.MOST_CONCURRENT));
        return () ->
            new Added(
                count.or(1),
                Abilities.of(
                    Set.copyOf(capabilities.or(List.of())),
                    Set.copyOf(tools.or(List.of())),
                    region.orNull()),
                type.or(Tenant.DEFAULT_WORKER_TYPE),
                most.or(Agent.DEFAULT_CONCURRENT));
      });

  static final Shape<Question> QUESTION =
      in -> {
        var plans = in.optional("plans", PLANS);
        var tenants = in.optional("tenants", Kinds.map(Words.SLUG, TENANT, MOST_TENANTS));
        var added =
            in.optional("add_agents", Kinds.list(ADDED, MOST_KINDS).as(QuestionJson::agents));
        var removed =
            in.optional(
                "remove_agents", Kinds.uniqueList(Kinds.uuid().as(AgentId::new), MOST_REMOVED));
        var run = in.optional("assume_run_seconds", Kinds.integer(1, MOST_RUN_SECONDS));
        var failures = in.optional("assume_failures", SHARE);
        var horizon = in.optional("horizon_seconds", Kinds.integer(1, MOST_HORIZON_SECONDS));
        return () ->
            new Question(
                new WhatIf(
                    plans.or(Map.of()),
                    tenants.or(Map.of()),
                    added.or(List.of()),
                    Set.copyOf(removed.or(List.of()))),
                Duration.ofSeconds(run.or(USUAL_RUN_SECONDS)),
                failures.orNull(),
                Duration.ofSeconds(horizon.or(USUAL_HORIZON_SECONDS)));
      };

  private QuestionJson() {}

  /** Agents that come, all alike. */
  private record Added(int count, Abilities abilities, String workerType, int maxConcurrent) {
    private Seeker agent(int number) {
      return new Seeker(
          // No agent has such an id: theirs begin with the time.
          new AgentId(new UUID(0, number)),
          TenantId.SYSTEM,
          abilities,
          workerType,
          null,
          maxConcurrent,
          0,
          maxConcurrent);
    }
  }

  private static Map<PlanName, PlanChange> given(Map<PlanName, Field<PlanChange>> changes) {
    var given = new EnumMap<PlanName, PlanChange>(PlanName.class);
    changes.forEach((name, field) -> {
      var change = field.orNull();
      if (change != null) {
        given.put(name, change);
      }
    });
    return given;
  }

  private static List<Seeker> agents(List<Added> added) {
    if (added.stream().mapToInt(Added::count).sum() > MOST_ADDED) {
      throw new IllegalArgumentException("must be at most " + MOST_ADDED + " agents in all");
    }
    var agents = new ArrayList<Seeker>();
    for (var kind : added) {
      for (int i = 0; i < kind.count(); i++) {
        agents.add(kind.agent(agents.size() + 1));
      }
    }
    return agents;
  }
}
