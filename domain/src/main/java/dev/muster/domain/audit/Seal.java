package dev.muster.domain.audit;

import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * A link of a tenant's chain.
 *
 * @param seq its place, from 1 on, without gaps
 * @param at when the entry was written
 * @param entry which entry it seals
 * @param hash of the entry, its place and the link before
 */
public record Seal(TenantId tenant, long seq, Instant at, UUID entry, ChainHash hash) {
  /** The link of an entry, behind another. */
  public static Seal of(AuditEntry entry, long seq, ChainHash previous) {
    ChainHash hash = ChainHash.of(entry.tenant(), seq, entry, previous);
    return new Seal(entry.tenant(), seq, entry.at(), entry.id(), hash);
  }
}
