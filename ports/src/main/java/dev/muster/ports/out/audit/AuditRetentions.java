package dev.muster.ports.out.audit;

import dev.muster.domain.audit.Seal;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long audit entries are kept, and taking away what is past it. */
@CrossTenant("operators say how long, and one sweep serves all tenants")
public interface AuditRetentions {
  /** How many days a tenant's entries are kept; empty: for ever. */
  Optional<Integer> find(TenantId tenant);

  /** Keeps a tenant's entries for so many days; null: for ever. */
  void set(TenantId tenant, @Nullable Integer days);

  /** All that are limited. */
  List<Retention> all();

  /** How long a tenant's entries are kept. */
  record Retention(TenantId tenant, int days) {}

  /**
   * The last of the oldest links of a tenant that are all of entries before a moment, and at most
   * so many; empty where the oldest link is younger.
   */
  Optional<Seal> lastBefore(TenantId tenant, Instant before, int most);

  /** Takes away the links up to this one, with their entries; answers how many entries. */
  int remove(TenantId tenant, long through);

  /** Drops partitions that have become empty; answers how many. */
  int dropEmptyPartitions(Instant before);

  /** Whether entries have come for which no partition had been made. */
  boolean defaultPartitionUsed();
}
