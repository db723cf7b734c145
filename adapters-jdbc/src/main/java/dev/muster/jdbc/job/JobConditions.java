package dev.muster.jdbc.job;

import dev.muster.jdbc.Columns;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL. Only what is asked for stands in it, so that each combination has a plan of its
 * own; a status stands there as it is, because indexes of some statuses serve no statement that
 * names it as a parameter.
 */
final class JobConditions {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  private JobConditions() {}

  static JobConditions of(JobFilter filter) {
    JobConditions all = new JobConditions();
    if (filter.status() != null) {
      all.conditions.add("status = '" + Columns.word(filter.status()) + "'");
    }
    if (filter.priority() != null) {
      all.conditions.add("priority = '" + Columns.word(filter.priority()) + "'");
    }
    all.add("tenant_id = :tenant_id", filter.tenant() == null ? null : filter.tenant().value());
    all.add("type = :type", filter.type());
    all.add("error_class = :error_class", filter.errorClass());
    all.add("agent_id = :agent_id", filter.agent() == null ? null : filter.agent().value());
    all.add("finished_at >= :finished_after", filter.finishedAfter());
    all.add("finished_at < :finished_before", filter.finishedBefore());
    return all;
  }

  /** What follows WHERE. */
  String sql() {
    return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
  }

  /** The named parameters. */
  Map<String, Object> values() {
    return values;
  }

  private void add(String condition, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(condition.substring(condition.indexOf(':') + 1), value);
    }
  }
}
