package dev.muster.domain.audit;

import dev.muster.domain.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goes along a tenant's chain, link by link in the order of their places, and finds where it is not
 * what was sealed. Each change is found where it is, once: what follows is checked against the
 * chain as it stands. Not thread-safe.
 */
public final class ChainCheck {
  private final ChainHead head;
  private final Map<Long, ChainHash> exported = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long seq;
  private ChainHash hash;

  /**
   * Begins behind what retention took away.
   *
   * @param exported heads of this tenant that were kept elsewhere, their signatures checked
   */
  public ChainCheck(ChainHead head, Collection<ChainHead> exported) {
    this.head = head;
    this.seq = head.removedThrough();
    this.hash = head.removedHash();
    exported.forEach(each -> this.exported.put(each.seq(), each.hash()));
    compareWithExported(null);
  }

  /**
   * The next link, up to the head's.
   *
   * @param entry the entry that it names, or null where that is not there
   */
  public void next(Seal seal, @Nullable AuditEntry entry) {
    if (seal.seq() != seq + 1) {
      find(Kind.GAP, seal.seq(), seal.entry());
    } else if (entry == null) {
      find(Kind.ENTRY_MISSING, seal.seq(), seal.entry());
    } else if (!ChainHash.of(seal.tenant(), seal.seq(), entry, hash).equals(seal.hash())) {
      find(Kind.CHANGED, seal.seq(), seal.entry());
    }
    seq = seal.seq();
    hash = seal.hash();
    compareWithExported(seal.entry());
  }

  /** What was found, after the last link. */
  public List<Finding> end() {
    if (seq < head.seq()) {
      find(Kind.CUT, seq, null);
    } else if (!hash.equals(head.hash())) {
      find(Kind.REWRITTEN, seq, null);
    }
    if (head.brokenAt() > 0) {
      find(Kind.BROKEN, head.brokenAt(), null);
    }
    exported.keySet().stream()
        .filter(each -> each > seq)
        .sorted()
        .limit(1)
        .forEach(each -> find(Kind.CUT_AFTER_EXPORT, seq, null));
    return List.copyOf(findings);
  }

  private void compareWithExported(@Nullable UUID entry) {
    ChainHash then = exported.get(seq);
    if (then != null && !then.equals(hash)) {
      find(Kind.NOT_AS_EXPORTED, seq, entry);
    }
  }

  private void find(Kind kind, long at, @Nullable UUID entry) {
    findings.add(new Finding(head.tenant(), kind, at, entry));
  }
}
