package dev.muster.ports.out.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log of a tenant. */
public interface AuditLog {
  /** Adds an entry in the open transaction. */
  void append(TenantId tenant, AuditEntry entry);

  /** Adds many entries in the open transaction. */
  void append(TenantId tenant, List<AuditEntry> entries);

  /** Entries, newest first. */
  Page<AuditEntry> list(TenantId tenant, AuditFilter filter, PageRequest page);

  /**
   * The same as a part of something long: at most so many, after the last one of the part before.
   */
  List<AuditEntry> part(TenantId tenant, AuditFilter filter, @Nullable Cursor after, int most);
}
