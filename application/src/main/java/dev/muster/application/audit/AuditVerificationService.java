package dev.muster.application.audit;

import dev.muster.domain.audit.ChainCheck;
import dev.muster.domain.audit.ChainHead;
import dev.muster.domain.audit.Finding;
import dev.muster.domain.audit.Finding.Kind;
import dev.muster.domain.audit.SignedHead;
import dev.muster.domain.credential.AuditSignatures;
import dev.muster.domain.credential.AuditSignatures.Verdict;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.audit.AuditVerification;
import dev.muster.ports.out.audit.AuditChains;
import dev.muster.ports.out.audit.AuditChains.Filed;
import dev.muster.ports.out.audit.AuditChains.Link;
import dev.muster.ports.out.audit.AuditChains.Standing;
import dev.muster.ports.paging.Cursor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the audit logs against their chains, and the chains against their heads. It reads in parts
 * and may run beside a server that writes, seals and removes. Thread-safe.
 */
public final class AuditVerificationService implements AuditVerification {
  private static final int PART = 1_000;

  private final AuditChains chains;
  private final AuditSignatures signatures;
  private final InstantSource clock;

  /** Checks {@code chains}. */
  public AuditVerificationService(
      AuditChains chains, AuditSignatures signatures, InstantSource clock) {
    this.chains = chains;
    this.signatures = signatures;
    this.clock = clock;
  }

  @Override
  public void heads(Consumer<SignedHead> each) {
    List<SignedHead> part = chains.heads(null, PART);
    while (!part.isEmpty()) {
      part.forEach(each);
      part = chains.heads(part.getLast().head().tenant(), PART);
    }
  }

  @Override
  public Verified verify(List<SignedHead> exported, Consumer<Finding> found) {
    var run = new Run(found);
    Map<TenantId, List<ChainHead>> kept = run.checked(exported);
    tenants(kept.keySet()).forEach(each -> run.verify(each, kept.getOrDefault(each, List.of())));
    return new Verified(run.tenants, run.links, run.waiting, run.findings);
  }

  private Set<TenantId> tenants(Set<TenantId> exported) {
    Set<TenantId> all = new LinkedHashSet<>();
    List<TenantId> part = chains.tenants(null, PART);
    while (!part.isEmpty()) {
      all.addAll(part);
      part = chains.tenants(part.getLast(), PART);
    }
    all.addAll(exported);
    return all;
  }

  /** One run, with what it has counted. */
  private final class Run {
    private final Consumer<Finding> found;
    private int tenants;
    private long links;
    private long waiting;
    private long findings;

    Run(Consumer<Finding> found) {
      this.found = found;
    }

    /** Exported heads that are ours. */
    Map<TenantId, List<ChainHead>> checked(List<SignedHead> exported) {
      Map<TenantId, List<ChainHead>> good = new HashMap<>();
      for (SignedHead each : exported) {
        ChainHead head = each.head();
        switch (signatures.check(head.toBytes(), each.signature())) {
          case GOOD -> good.computeIfAbsent(head.tenant(), any -> new ArrayList<>()).add(head);
          case WRONG -> tell(head.tenant(), Kind.EXPORT_FORGED, head.seq());
          case UNKNOWN_KEY -> tell(head.tenant(), Kind.HEAD_UNCHECKED, head.seq());
        }
      }
      return good;
    }

    void verify(TenantId tenant, List<ChainHead> exported) {
      tenants++;
      Standing standing = standing(tenant);
      SignedHead signed = standing == null ? null : standing.head();
      long filed = filed(tenant);
      if (signed == null) {
        if (standing != null || filed == 0 && !tenant.isSystem()) {
          tell(tenant, Kind.NO_HEAD, 0);
        }
      } else {
        check(signed);
      }
      ChainHead head = signed == null ? ChainHead.none(tenant, clock.instant()) : signed.head();
      List<Finding> inChain = walk(head, exported);
      Standing now = standing(tenant);
      long removed = now == null || now.head() == null ? 0 : now.head().head().removedThrough();
      inChain.stream()
          .filter(each -> removed <= head.removedThrough() || each.seq() > removed + 1)
          .forEach(this::tell);
      if (now != null && now.head() != null && now.lastSeq() > now.head().head().seq()) {
        tell(tenant, Kind.BEYOND_HEAD, now.head().head().seq() + 1);
      }
    }

    private void check(SignedHead signed) {
      Verdict verdict = signatures.check(signed.head().toBytes(), signed.signature());
      if (verdict != Verdict.GOOD) {
        Kind kind = verdict == Verdict.WRONG ? Kind.HEAD_FORGED : Kind.HEAD_UNCHECKED;
        tell(signed.head().tenant(), kind, signed.head().seq());
      }
    }

    private List<Finding> walk(ChainHead head, List<ChainHead> exported) {
      ChainCheck check = new ChainCheck(head, exported);
      long after = head.removedThrough();
      boolean more = after < head.seq();
      while (more) {
        List<Link> part = chains.links(head.tenant(), after, PART);
        for (Link link : part) {
          after = link.seal().seq();
          if (after <= head.seq()) {
            check.next(link.seal(), link.entry());
            links++;
          }
        }
        more = part.size() == PART && after < head.seq();
      }
      return check.end();
    }

    /** Entries that no link names; answers how many entries there are. */
    private long filed(TenantId tenant) {
      long total = 0;
      Cursor after = null;
      List<Filed> part;
      do {
        part = chains.filed(tenant, after, PART);
        for (Filed each : part) {
          total++;
          if (each.waiting() && !each.sealed()) {
            waiting++;
          } else if (!each.sealed()) {
            tell(new Finding(tenant, Kind.NOT_SEALED, 0, each.entry()));
          }
          after = new Cursor(each.at(), each.entry());
        }
      } while (part.size() == PART);
      return total;
    }

    private @Nullable Standing standing(TenantId tenant) {
      return chains.standings(Set.of(tenant)).get(tenant);
    }

    private void tell(TenantId tenant, Kind kind, long seq) {
      tell(new Finding(tenant, kind, seq, null));
    }

    private void tell(Finding finding) {
      findings++;
      found.accept(finding);
    }
  }
}
