package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.jdbc.Columns;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads jobs in pages, newest first: the order of their ids, which begin with their time. */
final class JobListing {
  private JobListing() {}

  static Page<Job> read(Handle handle, JobFilter filter, PageRequest page) {
    Map<String, Object> wanted = new LinkedHashMap<>();
    want(wanted, "tenant_id", filter.tenant() == null ? null : filter.tenant().value());
    want(wanted, "status", filter.status() == null ? null : Columns.word(filter.status()));
    want(wanted, "type", filter.type());
    want(wanted, "priority", filter.priority() == null ? null : Columns.word(filter.priority()));
    List<Job> found =
        handle
            .createQuery(sql(wanted, page))
            .bindMap(wanted)
            .bind("after", page.after() == null ? null : page.after().id())
            .bind("most", page.limit() + 1)
            .map(JdbcJobRow.MAPPER)
            .list();
    return Page.of(found, page.limit(), job -> new Cursor(madeAt(job.id()), job.id().value()));
  }

  private static void want(Map<String, Object> wanted, String column, @Nullable Object value) {
    if (value != null) {
      wanted.put(column, value);
    }
  }

  /** Only what is asked for stands in the statement, so that each has a plan of its own. */
  private static String sql(Map<String, Object> wanted, PageRequest page) {
    StringBuilder sql = new StringBuilder("SELECT * FROM jobs WHERE true");
    wanted.keySet().forEach(column -> sql.append(" AND %s = :%s".formatted(column, column)));
    if (page.after() != null) {
      sql.append(" AND id < :after");
    }
    return sql.append(" ORDER BY id DESC LIMIT :most").toString();
  }

  private static Instant madeAt(JobId id) {
    return Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
  }
}
