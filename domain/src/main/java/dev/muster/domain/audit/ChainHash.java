package dev.muster.domain.audit;

import dev.muster.domain.tenancy.TenantId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a link of a chain is known by: a SHA-256.
 *
 * @param hex 64 lower-case hex digits
 */
public record ChainHash(String hex) {
  /** Before the first link. */
  public static final ChainHash NONE = new ChainHash("0".repeat(64));

  private static final String PURPOSE = "audit";

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException when it is not 64 lower-case hex digits
   */
  public ChainHash {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a hash is 64 lower-case hex digits");
    }
  }

  /** From its 32 bytes. */
  public static ChainHash of(byte[] bytes) {
    return new ChainHash(HexFormat.of().formatHex(bytes));
  }

  /**
   * The hash of an entry at its place: {@code SHA-256("audit\0\1" | tenant | seq | µs | fields |
   * previous)}; which fields, in which order, is part of version 1 and never changes.
   */
  public static ChainHash of(TenantId tenant, long seq, AuditEntry entry, ChainHash previous) {
    var actor = entry.actor();
    var bytes =
        new ChainBytes(PURPOSE)
            .add(tenant.value())
            .add(seq)
            .add(entry.at())
            .addField(entry.id().toString())
            .addField(actor.kind())
            .addField(actor.id() == null ? null : actor.id().toString())
            .addField(actor.name())
            .addField(entry.action())
            .addField(entry.resource().kind())
            .addField(entry.resource().id())
            .addField(entry.outcome().name().toLowerCase(Locale.ROOT))
            .addField(entry.before())
            .addField(entry.after())
            .addField(entry.origin().address())
            .addField(entry.origin().userAgent())
            .addField(entry.origin().requestId())
            .add(previous)
            .toBytes();
    return of(sha256(bytes));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Its 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
