package dev.muster.application.update;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.identity.Ids;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.OfferCheck;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.Rollout;
import dev.muster.domain.update.RolloutStatus;
import dev.muster.domain.update.Verdict.Flaw;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.update.Chunks;
import dev.muster.ports.in.update.ReleaseAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.update.Artifacts;
import dev.muster.ports.out.update.Releases;
import dev.muster.ports.out.update.Releases.KeptRelease;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Releases of the agent, for operators. */
public final class ReleaseService implements ReleaseAdministration {
  private final Transactions transactions;
  private final Releases releases;
  private final Artifacts artifacts;
  private final Calling calling;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Keeps releases in {@code releases}. */
  public ReleaseService(
      Transactions transactions,
      Releases releases,
      Artifacts artifacts,
      Calling calling,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.releases = releases;
    this.artifacts = artifacts;
    this.calling = calling;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome<ReleaseStanding> announce(Caller caller, NewRelease release) {
    return transactions.acrossTenants(() -> {
      Instant now = clock.instant();
      String by = auditing.actorOf(caller).name();
      KeptRelease kept = new KeptRelease(release, Rollout.NONE, now, null, now, by);
      if (!releases.add(kept)) {
        return Outcome.refused(Code.STATE_CONFLICT, "There is a release of this sequence already.");
      }
      note(caller, "release.create", null, kept);
      return Outcome.done(standing(kept));
    });
  }

  @Override
  public Outcome<ReleaseStanding> upload(Caller caller, long sequence, Consumer<Chunks> artifact) {
    Optional<KeptRelease> announced = transactions.acrossTenants(() -> releases.find(sequence));
    if (announced.isEmpty()) {
      return unknown();
    }
    if (announced.get().artifact() != null) {
      return alreadyThere();
    }
    UUID id = ids.next();
    Upload upload = new Upload(artifacts, id, clock);
    try {
      artifact.accept(upload);
      upload.end();
      return completed(caller, announced.get().release().release(), upload, id);
    } catch (RuntimeException failure) {
      artifacts.remove(id);
      throw failure;
    }
  }

  private Outcome<ReleaseStanding> completed(
      Caller caller, Release announced, Upload upload, UUID id) {
    Optional<Flaw> flaw = OfferCheck.ofArtifact(announced, upload.length(), upload.sha256Hex());
    Outcome<ReleaseStanding> outcome =
        flaw.isPresent()
            ? new Outcome.Refused<>(Refusal.invalid("", sentence(flaw.get())))
            : transactions.acrossTenants(() -> attach(caller, announced.sequence(), id));
    if (outcome instanceof Outcome.Refused<?>) {
      artifacts.remove(id);
    }
    return outcome;
  }

  private static String sentence(Flaw flaw) {
    return flaw == Flaw.WRONG_LENGTH
        ? "must have the length that was announced"
        : "must have the SHA-256 that was announced";
  }

  private Outcome<ReleaseStanding> attach(Caller caller, long sequence, UUID upload) {
    KeptRelease before = releases.lock(sequence).orElseThrow();
    if (before.artifact() != null) {
      return alreadyThere();
    }
    KeptRelease after = before.with(upload);
    releases.replace(after);
    note(caller, "release.upload", before, after);
    return Outcome.done(standing(after));
  }

  @Override
  public Outcome<Page<ReleaseStanding>> list(Caller caller, PageRequest page) {
    return transactions.acrossTenants(() -> Outcome.done(releases.list(page).map(this::standing)));
  }

  @Override
  public Outcome<ReleaseStanding> find(Caller caller, long sequence) {
    return transactions.acrossTenants(() ->
        releases
            .find(sequence)
            .map(kept -> Outcome.done(standing(kept)))
            .orElseGet(ReleaseService::unknown));
  }

  @Override
  public Outcome<ReleaseStanding> rollOut(Caller caller, long sequence, Reach reach) {
    Rollout rollout =
        new Rollout(reach.percentage(), reach.regions(), reach.pinned(), RolloutStatus.RUNNING);
    return change(caller, sequence, "release.rollout", before -> rollout);
  }

  @Override
  public Outcome<ReleaseStanding> pause(Caller caller, long sequence) {
    return change(caller, sequence, "release.pause", before -> before.with(RolloutStatus.PAUSED));
  }

  @Override
  public Outcome<ReleaseStanding> halt(Caller caller, long sequence) {
    return change(caller, sequence, "release.halt", before -> before.with(RolloutStatus.HALTED));
  }

  private Outcome<ReleaseStanding> change(
      Caller caller, long sequence, String action, UnaryOperator<Rollout> change) {
    return transactions.acrossTenants(() -> {
      Optional<KeptRelease> found = releases.lock(sequence);
      if (found.isEmpty()) {
        return unknown();
      }
      KeptRelease before = found.get();
      if (before.artifact() == null) {
        return Outcome.refused(Code.STATE_CONFLICT, "The artifact of this release is missing.");
      }
      Instant now = clock.instant();
      KeptRelease after = before.with(change.apply(before.rollout()), now);
      releases.replace(after);
      calling.call(after, now);
      note(caller, action, before, after);
      return Outcome.done(standing(after));
    });
  }

  private ReleaseStanding standing(KeptRelease kept) {
    return new ReleaseStanding(
        kept.release(),
        kept.rollout(),
        kept.artifact() != null,
        releases.tally(kept.sequence()),
        kept.createdAt(),
        kept.createdBy());
  }

  private void note(Caller caller, String action, @Nullable KeptRelease before, KeptRelease after) {
    auditing.done(
        caller,
        TenantId.SYSTEM,
        action,
        resource(after.sequence()),
        before == null ? null : stateOf(before),
        stateOf(after));
  }

  static Resource resource(long sequence) {
    return new Resource("release", Long.toString(sequence));
  }

  static State stateOf(KeptRelease kept) {
    return State.of("version", kept.release().release().version())
        .with("sha256", kept.release().release().sha256())
        .with("complete", kept.artifact() != null)
        .with("status", kept.rollout().status())
        .with("percentage", kept.rollout().percentage())
        .with("regions", String.join(",", kept.rollout().regions().stream().sorted().toList()))
        .with("pinned", kept.rollout().pinned().size());
  }

  static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such release.");
  }

  private static <T> Outcome<T> alreadyThere() {
    return Outcome.refused(Code.STATE_CONFLICT, "The artifact of this release is there already.");
  }
}
