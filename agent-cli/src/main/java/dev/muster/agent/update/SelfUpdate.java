package dev.muster.agent.update;

import dev.muster.agent.api.BackoffRandomness;
import dev.muster.agent.configuration.UpdateSettings;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.journal.Journal;
import dev.muster.agent.loop.Agent;
import dev.muster.domain.update.Release;
import java.io.IOException;
import java.time.Duration;

/**
 * Keeps a running agent at the version that it should have: first the trial of its own, then a look
 * now and again, and whenever the server asks for one.
 */
public final class SelfUpdate {
  private static final Journal JOURNAL = Journal.of("update");
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int MOST_BROKEN = 3;

  private final Updates updates;
  private final Telling telling;
  private final UpdateSettings settings;
  private final Agent agent;
  private final BackoffRandomness random = new BackoffRandomness();
  private int broken;

  /** The updates of a running agent. */
  public SelfUpdate(Updates updates, Telling telling, UpdateSettings settings, Agent agent) {
    this.updates = updates;
    this.telling = telling;
    this.settings = settings;
    this.agent = agent;
  }

  /** Runs until interrupted, or until another version has taken this one's place. */
  public void run() throws InterruptedException {
    if (!passesTrial()) {
      agent.makeWay();
      return;
    }
    while (true) {
      Duration pause = settings.interval();
      try {
        switch (attend()) {
          case GONE -> {
            return;
          }
          case AWAY -> pause = pause.compareTo(SOON) < 0 ? pause : SOON;
          case DONE -> {}
        }
      } catch (IOException unusable) {
        JOURNAL.error("update_failed", "kind", DiskFailure.describe(unusable));
      }
      agent.word().awaitUpdateAsked(scattered(pause));
    }
  }

  /** Nothing else is begun before: who applies another version gives up the one before this. */
  private boolean passesTrial() throws InterruptedException {
    TrialWatch watch = new TrialWatch(updates, settings);
    while (true) {
      try {
        return watch.passes(agent);
      } catch (IOException unusable) {
        JOURNAL.error("trial_undecided", "kind", DiskFailure.describe(unusable));
        Thread.sleep(SOON);
      }
    }
  }

  private enum Attended {
    DONE,
    AWAY,
    GONE
  }

  /** What happened last comes first: a server that does not know it would offer the same again. */
  private Attended attend() throws IOException, InterruptedException {
    if (!telling.tellWaiting()) {
      return Attended.AWAY;
    }
    if (!settings.enabled()) {
      return Attended.DONE;
    }
    return switch (updates.look()) {
      case Looked.Nothing() -> Attended.DONE;
      case Looked.Away(String reason) -> {
        JOURNAL.debug("no_look", "reason", reason);
        yield Attended.AWAY;
      }
      case Looked.Rejected rejected -> {
        telling.tellRejected(rejected.sequence(), Updates.word(rejected.flaw()));
        yield Attended.DONE;
      }
      case Looked.Acceptable(Release release) -> take(release);
    };
  }

  private Attended take(Release release) throws IOException, InterruptedException {
    return switch (updates.fetch(release)) {
      case Fetched.NotThere() -> Attended.AWAY;
      case Fetched.BrokenOff() -> brokenOff(release);
      case Fetched.Flawed(String cause) -> {
        telling.tellRejected(release.sequence(), cause);
        yield Attended.DONE;
      }
      case Fetched.Verified() -> {
        broken = 0;
        makeWay(release);
        yield Attended.GONE;
      }
    };
  }

  /** Networks break; what never ends is no download, and the server offers it no more once told. */
  private Attended brokenOff(Release release) throws InterruptedException {
    JOURNAL.warn("download_broken_off", "sequence", release.sequence());
    broken++;
    if (broken < MOST_BROKEN) {
      return Attended.AWAY;
    }
    broken = 0;
    telling.tellRejected(release.sequence(), "download_failed");
    return Attended.DONE;
  }

  /** What runs longer than it may is given back while the agent stops: another takes it at once. */
  private void makeWay(Release release) throws IOException, InterruptedException {
    JOURNAL.info("update_fetched", "sequence", release.sequence(), "version", release.version());
    if (!agent.comeToRest(settings.drain())) {
      JOURNAL.info("jobs_given_back_for_update");
    }
    try {
      updates.apply(release);
    } catch (IOException unwritable) {
      agent.goOn();
      throw unwritable;
    }
    JOURNAL.info("update_on_trial", "sequence", release.sequence(), "version", release.version());
    agent.makeWay();
  }

  /** A fleet that was started at one moment is not to come back at one moment. */
  private Duration scattered(Duration pause) {
    long millis = Math.max(1000, pause.toMillis());
    return Duration.ofMillis(millis - random.nextLong(millis / 10 + 1));
  }
}
