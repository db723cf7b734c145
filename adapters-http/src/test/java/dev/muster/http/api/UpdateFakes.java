package dev.muster.http.api;

import dev.muster.domain.update.Release;
import dev.muster.domain.update.Rollout;
import dev.muster.domain.update.RolloutStatus;
import dev.muster.domain.update.SignedOffer;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.update.AgentUpdates;
import dev.muster.ports.in.update.Chunks;
import dev.muster.ports.in.update.ReleaseAdministration;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The ports of the slice of updates, with nobody behind them. */
final class UpdateFakes {
  static final byte[] ARTIFACT = "an artifact".getBytes(StandardCharsets.UTF_8);

  private UpdateFakes() {}

  record Releases(Calls calls) implements ReleaseAdministration {
    @Override
    public Outcome<ReleaseStanding> announce(Caller caller, NewRelease release) {
      return calls.outcome(standing(), release);
    }

    @Override
    public Outcome<ReleaseStanding> upload(
        Caller caller, long sequence, Consumer<Chunks> artifact) {
      var bytes = new ByteArrayOutputStream();
      artifact.accept((buffer, length) -> bytes.write(buffer, 0, length));
      return calls.outcome(standing(), sequence, bytes.size());
    }

    @Override
    public Outcome<Page<ReleaseStanding>> list(Caller caller, PageRequest page) {
      return Outcome.done(calls.page(standing(), page));
    }

    @Override
    public Outcome<ReleaseStanding> find(Caller caller, long sequence) {
      return calls.outcome(standing(), sequence);
    }

    @Override
    public Outcome<ReleaseStanding> rollOut(Caller caller, long sequence, Reach reach) {
      return calls.outcome(standing(), sequence, reach);
    }

    @Override
    public Outcome<ReleaseStanding> pause(Caller caller, long sequence) {
      return calls.outcome(standing(), "pause", sequence);
    }

    @Override
    public Outcome<ReleaseStanding> halt(Caller caller, long sequence) {
      return calls.outcome(standing(), "halt", sequence);
    }

    private static ReleaseStanding standing() {
      var release = new Release(7, 5, "1.2.3", 25, ARTIFACT.length, "ab".repeat(32));
      return new ReleaseStanding(
          new NewRelease(release, null),
          new Rollout(10, Set.of("eu"), Set.of(), RolloutStatus.RUNNING),
          true,
          new Tally(3, 1, 1, 1),
          Samples.AT,
          "grace");
    }
  }

  record Updates(Calls calls) implements AgentUpdates {
    @Override
    public Outcome<Optional<Offered>> offer(Caller caller) {
      var offer = new SignedOffer("muster-update-v1\n…", "ab".repeat(32), null);
      return calls.outcome(Optional.of(new Offered(7, offer)), "offer");
    }

    @Override
    public Outcome<Artifact> artifact(Caller caller, long sequence) {
      return calls.outcome(
          new Artifact(ARTIFACT.length, chunks -> chunks.next(ARTIFACT, ARTIFACT.length)),
          sequence);
    }

    @Override
    public Outcome<Result> report(Caller caller, Result result) {
      return calls.outcome(result, result);
    }
  }
}
