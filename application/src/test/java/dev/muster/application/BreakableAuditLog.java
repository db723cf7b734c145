package dev.muster.application;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.audit.AuditLog;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An audit log that can be broken. */
public final class BreakableAuditLog implements AuditLog, AuditArchive {
  private final AuditLog log;
  private final AuditArchive archive;
  private volatile boolean broken;

  BreakableAuditLog(AuditLog log, AuditArchive archive) {
    this.log = log;
    this.archive = archive;
  }

  /** Takes no entry from now on. */
  public void breakDown() {
    broken = true;
  }

  /** Takes entries again. */
  public void mend() {
    broken = false;
  }

  @Override
  public void append(TenantId tenant, AuditEntry entry) {
    mustWork();
    log.append(tenant, entry);
  }

  @Override
  public void appendAll(List<AuditEntry> entries) {
    mustWork();
    archive.appendAll(entries);
  }

  private void mustWork() {
    if (broken) {
      throw new StorageUnavailable("no audit", new IllegalStateException("broken on purpose"));
    }
  }

  @Override
  public void append(TenantId tenant, List<AuditEntry> entries) {
    entries.forEach(entry -> append(tenant, entry));
  }

  @Override
  public Page<AuditEntry> list(TenantId tenant, AuditFilter filter, PageRequest page) {
    return log.list(tenant, filter, page);
  }

  @Override
  public Page<AuditEntry> list(AuditFilter filter, PageRequest page) {
    return archive.list(filter, page);
  }

  @Override
  public List<AuditEntry> part(
      TenantId tenant, AuditFilter filter, @Nullable Cursor after, int most) {
    return log.part(tenant, filter, after, most);
  }

  @Override
  public List<AuditEntry> part(AuditFilter filter, @Nullable Cursor after, int most) {
    return archive.part(filter, after, most);
  }

  @Override
  public int preparePartitions(Instant now) {
    return archive.preparePartitions(now);
  }
}
