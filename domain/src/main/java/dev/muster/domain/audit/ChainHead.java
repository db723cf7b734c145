package dev.muster.domain.audit;

import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far a tenant's chain reaches.
 *
 * @param seq its last link
 * @param hash of that link
 * @param removedThrough the last link that retention took away; 0 where none was
 * @param removedHash of that link: what the first link that is kept was hashed with
 * @param brokenAt the place at which the chain first went on although what was found was not what
 *     had been left; 0 where it never did. It does not go away
 * @param signedAt when that was so, to the microsecond
 */
public record ChainHead(
    TenantId tenant,
    long seq,
    ChainHash hash,
    long removedThrough,
    ChainHash removedHash,
    long brokenAt,
    Instant signedAt) {
  private static final String PURPOSE = "audit head";

  /** A moment is kept to the microsecond, as it is signed. */
  public ChainHead {
    signedAt = signedAt.truncatedTo(ChronoUnit.MICROS);
  }

  /** Before the first link. */
  public static ChainHead none(TenantId tenant, Instant now) {
    return new ChainHead(tenant, 0, ChainHash.NONE, 0, ChainHash.NONE, 0, now);
  }

  /** The head after one more link. */
  public ChainHead then(Seal seal, Instant now) {
    return new ChainHead(
        tenant, seal.seq(), seal.hash(), removedThrough, removedHash, brokenAt, now);
  }

  /** The same, after retention took the links up to this one away. */
  public ChainHead without(Seal last, Instant now) {
    return new ChainHead(tenant, seq, hash, last.seq(), last.hash(), brokenAt, now);
  }

  /** The same, to be signed again. */
  public ChainHead at(Instant now) {
    return new ChainHead(tenant, seq, hash, removedThrough, removedHash, brokenAt, now);
  }

  /**
   * Where to go on when this head, or what stands in the place of its link, is not what was left:
   * behind whatever is there, so that nothing is written over, and marked.
   */
  public ChainHead broken(long lastSeq, ChainHash lastHash) {
    boolean cut = seq >= lastSeq;
    long end = cut ? seq : lastSeq;
    return new ChainHead(
        tenant,
        end,
        cut ? hash : lastHash,
        removedThrough,
        removedHash,
        brokenAt > 0 ? brokenAt : end + 1,
        signedAt);
  }

  /** What is signed. */
  public byte[] toBytes() {
    return new ChainBytes(PURPOSE)
        .add(tenant.value())
        .add(seq)
        .add(hash)
        .add(removedThrough)
        .add(removedHash)
        .add(brokenAt)
        .add(signedAt)
        .toBytes();
  }
}
