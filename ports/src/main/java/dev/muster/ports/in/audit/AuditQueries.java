package dev.muster.ports.in.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The audit log: the caller's tenant's, or for operators everyone's. Reading it is audited. */
public interface AuditQueries {
  /** Entries, newest first. */
  Page<AuditEntry> list(Caller caller, AuditFilter filter, PageRequest page);

  /**
   * Entries to be handed out one after another, newest first, however many: read in parts, so that
   * a slow reader keeps nobody waiting. What is younger than the call is left out.
   *
   * @return at most so many entries at each call, and none at the end
   */
  Parts export(Caller caller, AuditFilter filter, int most);

  /** What is left of an export. For one thread. */
  interface Parts {
    /** The next entries; none at the end. */
    List<AuditEntry> next();
  }

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
      @Nullable Instant until,
      @Nullable String requestId) {
    /** All entries. */
    public static final AuditFilter ALL =
        new AuditFilter(null, null, null, null, null, null, null, null, null);

    /** The same, of what was written before a moment at the latest. */
    public AuditFilter before(Instant moment) {
      boolean sooner = until != null && until.isBefore(moment);
      return new AuditFilter(
          tenant,
          action,
          actor,
          resourceKind,
          resourceId,
          outcome,
          from,
          sooner ? until : moment,
          requestId);
    }
  }
}
