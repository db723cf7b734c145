package dev.muster.application.update;

import dev.muster.ports.in.update.Chunks;
import dev.muster.ports.out.update.Artifacts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** An artifact on its way into the storage, piece by piece. For one thread. */
final class Upload implements Chunks {
  private static final int PIECE_BYTES = 1 << 20;

  private final Artifacts artifacts;
  private final UUID id;
  private final InstantSource clock;
  private final MessageDigest digest = sha256();
  private final byte[] piece = new byte[PIECE_BYTES];
  private int filled;
  private int pieces;
  private long length;

  Upload(Artifacts artifacts, UUID id, InstantSource clock) {
    this.artifacts = artifacts;
    this.id = id;
    this.clock = clock;
  }

  @Override
  public void next(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
    length += count;
    for (int from = 0; from < count; ) {
      int fits = Math.min(count - from, PIECE_BYTES - filled);
      System.arraycopy(bytes, from, piece, filled, fits);
      filled += fits;
      from += fits;
      if (filled == PIECE_BYTES) {
        write();
      }
    }
  }

  private void write() {
    Instant now = clock.instant();
    artifacts.add(id, pieces, Arrays.copyOf(piece, filled), now);
    pieces++;
    filled = 0;
  }

  /** Writes what is left. */
  void end() {
    if (filled > 0) {
      write();
    }
  }

  long length() {
    return length;
  }

  /** Of everything that came; to be asked for once. */
  String sha256Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
