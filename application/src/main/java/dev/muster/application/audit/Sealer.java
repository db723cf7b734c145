package dev.muster.application.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.ChainHead;
import dev.muster.domain.audit.Seal;
import dev.muster.domain.audit.SignedHead;
import dev.muster.domain.credential.AuditSignatures;
import dev.muster.domain.credential.AuditSignatures.Verdict;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.audit.AuditChains;
import dev.muster.ports.out.audit.AuditChains.Next;
import dev.muster.ports.out.audit.AuditChains.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links entries. It goes on from what it signed itself; what it finds otherwise it marks for ever,
 * and does not make good by signing it. Used within a turn.
 */
final class Sealer {
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  private final AuditChains chains;
  private final AuditSignatures signatures;

  Sealer(AuditChains chains, AuditSignatures signatures) {
    this.chains = chains;
    this.signatures = signatures;
  }

  /** Links the next entries; answers how many it went past. */
  int seal(int most, Instant now) {
    List<Next> next = chains.next(most);
    if (next.isEmpty()) {
      return 0;
    }
    List<AuditEntry> entries =
        next.stream().filter(each -> !each.sealed()).map(Next::entry).toList();
    Map<TenantId, Standing> standings = standingsOf(entries);
    if (standings.values().stream().anyMatch(this::isLocked)) {
      return 0;
    }
    Map<TenantId, ChainHead> heads = new LinkedHashMap<>();
    standings.forEach((tenant, standing) -> heads.put(tenant, trusted(tenant, standing, now)));
    List<Seal> seals = new ArrayList<>(entries.size());
    for (AuditEntry entry : entries) {
      ChainHead head = heads.getOrDefault(entry.tenant(), ChainHead.none(entry.tenant(), now));
      Seal seal = Seal.of(entry, head.seq() + 1, head.hash());
      seals.add(seal);
      heads.put(entry.tenant(), head.then(seal, now));
    }
    chains.extend(seals, heads.values().stream().map(this::signed).toList());
    chains.pass(next.getLast().entry());
    return next.size();
  }

  private Map<TenantId, Standing> standingsOf(List<AuditEntry> entries) {
    var tenants = entries.stream().map(AuditEntry::tenant).collect(Collectors.toSet());
    return tenants.isEmpty() ? Map.of() : chains.standings(tenants);
  }

  /**
   * Whether a chain cannot be judged, because the master key of its head was not given: a mistake
   * of whoever started this server, and no sign that anything was changed. Nothing is sealed until
   * the key is back; a mark would stand for ever.
   */
  boolean isLocked(Standing standing) {
    SignedHead signed = standing.head();
    if (signed == null || verdict(signed) != Verdict.UNKNOWN_KEY) {
      return false;
    }
    LOG.error(
        "event=audit_head_key_missing tenant={} text=\"the audit log is not sealed until its master"
            + " key is given again\"",
        signed.head().tenant());
    return true;
  }

  /** The head to go on from. */
  ChainHead trusted(TenantId tenant, Standing standing, Instant now) {
    SignedHead signed = standing.head();
    if (signed != null && isAsLeft(signed, standing)) {
      return signed.head();
    }
    ChainHead found = signed == null ? ChainHead.none(tenant, now) : signed.head();
    ChainHead broken = found.broken(standing.lastSeq(), standing.lastHash());
    LOG.error(
        "event=audit_chain_broken tenant={} seq={} text=\"the chain is not as it was left: run"
            + " audit verify\"",
        tenant,
        broken.brokenAt());
    return broken;
  }

  private boolean isAsLeft(SignedHead signed, Standing standing) {
    ChainHead head = signed.head();
    boolean allRemoved = head.removedThrough() == head.seq();
    boolean endsThere =
        allRemoved
            ? standing.lastSeq() == 0
            : standing.lastSeq() == head.seq() && standing.lastHash().equals(head.hash());
    return endsThere && verdict(signed) == Verdict.GOOD;
  }

  Verdict verdict(@Nullable SignedHead signed) {
    return signed == null
        ? Verdict.WRONG
        : signatures.check(signed.head().toBytes(), signed.signature());
  }

  SignedHead signed(ChainHead head) {
    return new SignedHead(head, signatures.sign(head.toBytes()));
  }

  /** Whether a head should be signed with the current master key, before the old one goes. */
  boolean isOutdated(SignedHead signed) {
    return signatures.isOutdated(signed.signature()) && verdict(signed) == Verdict.GOOD;
  }
}
