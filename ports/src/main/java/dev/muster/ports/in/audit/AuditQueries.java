package dev.muster.ports.in.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The audit log: the caller's tenant's, or for operators everyone's. Reading it is audited. */
public interface AuditQueries {
  /** Entries, newest first. */
  Page<AuditEntry> list(Caller caller, AuditFilter filter, PageRequest page);

  /**
   * Which entries; null means any.
   *
   * @param tenant for operators only: one tenant's
   * @param from not before
   * @param until before
   */
  record AuditFilter(
      @Nullable TenantId tenant,
      @Nullable String action,
      @Nullable UUID actor,
      @Nullable String resourceKind,
      @Nullable String resourceId,
      AuditEntry.@Nullable Outcome outcome,
      @Nullable Instant from,
      @Nullable Instant until) {
    /** All entries. */
    public static final AuditFilter ALL =
        new AuditFilter(null, null, null, null, null, null, null, null);
  }
}
