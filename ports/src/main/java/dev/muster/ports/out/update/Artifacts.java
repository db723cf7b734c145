package dev.muster.ports.out.update;

import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Artifacts in pieces, so that neither server nor database ever holds a whole one in memory. */
@CrossTenant("artifacts belong to the installation's releases")
public interface Artifacts {
  /** Adds a piece of an upload; they are numbered from 0. */
  void add(UUID upload, int number, byte[] piece, Instant at);

  /** A piece of an upload, or empty behind the last. */
  Optional<byte[]> find(UUID upload, int number);

  /** Removes what there is of an upload. */
  void remove(UUID upload);

  /** Removes uploads that became no release's artifact; answers how many pieces. */
  int removeAbandoned(Instant before);
}
