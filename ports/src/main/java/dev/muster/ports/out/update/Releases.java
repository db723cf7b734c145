package dev.muster.ports.out.update;

import dev.muster.domain.update.Rollout;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Tally;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The releases of the installation. */
@CrossTenant("releases belong to the installation, and are offered to agents of all tenants")
public interface Releases {
  /** Adds one; false where its sequence is taken. */
  boolean add(KeptRelease release);

  /** The release of a sequence. */
  Optional<KeptRelease> find(long sequence);

  /** The same, locked until the transaction ends. */
  Optional<KeptRelease> lock(long sequence);

  /** All, newest first. */
  Page<KeptRelease> list(PageRequest page);

  /** Those that are complete and whose rollout runs, the highest sequence first. */
  List<KeptRelease> onOffer();

  /** Replaces a release that is locked. */
  void replace(KeptRelease release);

  /** What agents made of a release. */
  Tally tally(long sequence);

  /**
   * A release as it is kept.
   *
   * @param artifact which upload is its artifact, or null until there is one
   * @param rolledOutAt when a person last set its rollout
   */
  record KeptRelease(
      NewRelease release,
      Rollout rollout,
      Instant rolledOutAt,
      @Nullable UUID artifact,
      Instant createdAt,
      String createdBy) {
    /** Its sequence. */
    public long sequence() {
      return release.release().sequence();
    }

    /** The same with another rollout. */
    public KeptRelease with(Rollout other, Instant at) {
      return new KeptRelease(release, other, at, artifact, createdAt, createdBy);
    }

    /** The same with an artifact. */
    public KeptRelease with(UUID uploaded) {
      return new KeptRelease(release, rollout, rolledOutAt, uploaded, createdAt, createdBy);
    }
  }
}
