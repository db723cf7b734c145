package dev.muster.ports.out.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit logs of all tenants. */
@CrossTenant("operators see everyone's log, and what is done together is of many tenants")
public interface AuditArchive {
  /** Adds entries, each to its tenant's log, in the open transaction and in one statement. */
  void appendAll(List<AuditEntry> entries);

  /** Entries of all tenants, newest first. */
  Page<AuditEntry> list(AuditFilter filter, PageRequest page);

  /**
   * The same as a part of something long: at most so many, after the last one of the part before.
   */
  List<AuditEntry> part(AuditFilter filter, @Nullable Cursor after, int most);

  /** Makes the partitions of this month and the three after it; answers how many were missing. */
  int preparePartitions(Instant now);
}
