package dev.muster.ports.in.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.Rollout;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Releases of the agent, for operators. */
public interface ReleaseAdministration {
  /** Makes a release known; its artifact follows. Refused where the sequence is taken. */
  Outcome<ReleaseStanding> announce(Caller caller, NewRelease release);

  /**
   * Takes the artifact of a release, once. Refused where it does not have the length and the hash
   * that were announced.
   *
   * @param artifact writes all of it
   */
  Outcome<ReleaseStanding> upload(Caller caller, long sequence, Consumer<Chunks> artifact);

  /** All releases, newest first. */
  Outcome<Page<ReleaseStanding>> list(Caller caller, PageRequest page);

  /** The release of a sequence. */
  Outcome<ReleaseStanding> find(Caller caller, long sequence);

  /** Offers a release whose artifact is there. What was paused or halted runs again. */
  Outcome<ReleaseStanding> rollOut(Caller caller, long sequence, Reach reach);

  /** Offers it to nobody for now. */
  Outcome<ReleaseStanding> pause(Caller caller, long sequence);

  /** Offers it to nobody any more, until a new rollout. */
  Outcome<ReleaseStanding> halt(Caller caller, long sequence);

  /**
   * A release to be made known.
   *
   * @param publisherSignature 128 hex digits, or null where nobody signed it
   */
  record NewRelease(Release release, @Nullable String publisherSignature) {}

  /** Whom a rollout reaches: see {@link Rollout}. */
  record Reach(int percentage, Set<String> regions, Set<AgentId> pinned) {}

  /**
   * A release as it stands.
   *
   * @param complete whether its artifact is there
   * @param createdBy who made it known
   */
  record ReleaseStanding(
      NewRelease release,
      Rollout rollout,
      boolean complete,
      Tally tally,
      Instant createdAt,
      String createdBy) {}

  /** How many agents were offered a release, and what they said of it last. */
  record Tally(int offered, int applied, int reverted, int rejected) {}
}
