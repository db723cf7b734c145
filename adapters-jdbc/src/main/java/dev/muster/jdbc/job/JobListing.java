package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads jobs in pages, newest first: the order of their ids, which begin with their time. */
final class JobListing {
  private JobListing() {}

  static Page<Job> read(Handle handle, JobFilter filter, PageRequest page) {
    JobConditions wanted = JobConditions.of(filter);
    List<Job> found =
        handle
            .createQuery(sql(wanted, page))
            .bindMap(wanted.values())
            .bind("after", page.after() == null ? null : page.after().id())
            .bind("most", page.limit() + 1)
            .map(JdbcJobRow.MAPPER)
            .list();
    return Page.of(found, page.limit(), job -> new Cursor(madeAt(job.id()), job.id().value()));
  }

  static String sql(JobConditions wanted, PageRequest page) {
    return "SELECT * FROM jobs WHERE %s%s ORDER BY id DESC LIMIT :most"
        .formatted(wanted.sql(), page.after() == null ? "" : " AND id < :after");
  }

  private static Instant madeAt(JobId id) {
    return Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
  }
}
