package dev.muster.ports.out.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.ChainHash;
import dev.muster.domain.audit.Seal;
import dev.muster.domain.audit.SignedHead;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.paging.Cursor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The chains that seal the audit logs. Links are added by one sealer at a time, which {@link
 * dev.muster.ports.out.SweepTurns} sees to.
 */
@CrossTenant("one sealer links the entries of all tenants")
public interface AuditChains {
  /**
   * The next entries, in the order in which they are sealed: behind those before, and before
   * everything that a transaction which still runs may yet add.
   */
  List<Next> next(int most);

  /**
   * An entry whose turn it is.
   *
   * @param sealed whether it has a link already, as after a restore
   */
  record Next(AuditEntry entry, boolean sealed) {}

  /** Goes on behind this entry. */
  void pass(AuditEntry last);

  /** Adds links, and puts heads in the place of those before. */
  void extend(List<Seal> seals, List<SignedHead> heads);

  /** How the chains of these tenants stand, each as of one moment; nothing for one without. */
  Map<TenantId, Standing> standings(Collection<TenantId> tenants);

  /**
   * How a chain stands.
   *
   * @param head null where there is none
   * @param lastSeq the last link that is there; 0 where there is none
   * @param lastHash of that link
   */
  record Standing(@Nullable SignedHead head, long lastSeq, ChainHash lastHash) {}

  /** The heads, by tenant. */
  List<SignedHead> heads(@Nullable TenantId after, int most);

  /** All tenants that have a log, a chain or an account, by id. */
  List<TenantId> tenants(@Nullable TenantId after, int most);

  /** The links of a tenant behind a place, in order, with their entries. */
  List<Link> links(TenantId tenant, long after, int most);

  /**
   * A link.
   *
   * @param entry null where the entry that it names is not there
   */
  record Link(Seal seal, @Nullable AuditEntry entry) {}

  /** The entries of a tenant by time, and which of them have a link or still wait for one. */
  List<Filed> filed(TenantId tenant, @Nullable Cursor after, int most);

  /** An entry that is in the log. */
  record Filed(UUID entry, Instant at, boolean sealed, boolean waiting) {}

  /** When the oldest entry was written that has no link yet. */
  Optional<Instant> oldestWaiting();
}
