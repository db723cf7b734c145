package dev.muster.application.audit;

import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditQueries;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.audit.AuditLog;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the audit log, and notes that it was read. */
public final class AuditQueryService implements AuditQueries {
  private static final Resource LOG_READ = new Resource("audit_log", null);

  private final Transactions transactions;
  private final AuditLog log;
  private final AuditArchive archive;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Reads from {@code log}, and for operators from {@code archive}. */
  public AuditQueryService(
      Transactions transactions,
      AuditLog log,
      AuditArchive archive,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.log = log;
    this.archive = archive;
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public Page<AuditEntry> list(Caller caller, AuditFilter filter, PageRequest page) {
    return transactions.inTenant(
        caller.tenant(),
        () -> {
          Page<AuditEntry> entries = find(caller, filter, page);
          auditing.done(caller, caller.tenant(), "audit.query", LOG_READ, null, stateOf(filter));
          return entries;
        });
  }

  @Override
  public Parts export(Caller caller, AuditFilter filter, int most) {
    AuditFilter bounded = filter.before(clock.instant());
    transactions.inTenant(
        caller.tenant(),
        () -> {
          auditing.done(caller, caller.tenant(), "audit.export", LOG_READ, null, stateOf(bounded));
          return true;
        });
    return new Export(caller, bounded, most);
  }

  /** Each part in a transaction of its own: whoever reads slowly holds none open. */
  private final class Export implements Parts {
    private final Caller caller;
    private final AuditFilter filter;
    private final int most;
    private @Nullable Cursor after;
    private boolean ended;

    Export(Caller caller, AuditFilter filter, int most) {
      this.caller = caller;
      this.filter = filter;
      this.most = most;
    }

    @Override
    public List<AuditEntry> next() {
      if (ended) {
        return List.of();
      }
      List<AuditEntry> part =
          seesAll(caller, Action.AUDIT_EXPORT_ALL)
              ? archive.part(filter, after, most)
              : log.part(caller.tenant(), filter, after, most);
      ended = part.size() < most;
      if (!ended) {
        after = new Cursor(part.getLast().at(), part.getLast().id());
      }
      return part;
    }
  }

  /** What was asked for: whoever reads the log later sees who looked for whom. */
  private static State stateOf(AuditFilter filter) {
    return State.of("tenant_id", filter.tenant())
        .with("action", filter.action())
        .with("actor_id", filter.actor())
        .with("resource_kind", filter.resourceKind())
        .with("resource_id", filter.resourceId())
        .with("outcome", filter.outcome())
        .with("from", filter.from())
        .with("until", filter.until())
        .with("request_id", filter.requestId());
  }

  /** An operator's token may open less than its owner, and then that of no tenant. */
  private static boolean seesAll(Caller caller, Action action) {
    return caller.isOperator() && caller.principal().may(action);
  }

  private Page<AuditEntry> find(Caller caller, AuditFilter filter, PageRequest page) {
    return seesAll(caller, Action.AUDIT_QUERY_ALL)
        ? transactions.acrossTenants(() -> archive.list(filter, page))
        : log.list(caller.tenant(), filter, page);
  }
}
