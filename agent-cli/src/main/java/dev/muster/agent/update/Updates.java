package dev.muster.agent.update;

import dev.muster.agent.api.Reply;
import dev.muster.agent.api.UpdateApi;
import dev.muster.agent.configuration.UpdateSettings;
import dev.muster.domain.update.Installed;
import dev.muster.domain.update.OfferCheck;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.SignedOffer;
import dev.muster.domain.update.Verdict;
import dev.muster.domain.update.Verdict.Flaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be done about another version: look, fetch, apply, go back. For one thread at a time.
 */
public final class Updates {
  private final UpdateApi api;
  private final JarFiles files;
  private final Owner owner;
  private final UpdateSettings settings;
  private final InstantSource clock;
  private final Disk disk = new DurableDisk();
  private final Shelf shelf;

  /** The updates of one jar. */
  public Updates(
      UpdateApi api, JarFiles files, Owner owner, UpdateSettings settings, InstantSource clock) {
    this.api = api;
    this.files = files;
    this.owner = owner;
    this.settings = settings;
    this.clock = clock;
    this.shelf = new Shelf(files);
  }

  /** Asks the server, and holds what it offers against what is here. */
  public Looked look() throws IOException, InterruptedException {
    return switch (api.offer()) {
      case Reply.Ok<Optional<SignedOffer>>(Optional<SignedOffer> offer) ->
          offer.isPresent() ? judge(offer.get()) : new Looked.Nothing();
      case Reply.Unavailable<Optional<SignedOffer>> away -> new Looked.Away(away.reason());
      case Reply.Unauthorized<Optional<SignedOffer>> _ -> new Looked.Away("credential refused");
      case Reply.Disabled<Optional<SignedOffer>> _ -> new Looked.Away("agent disabled");
      case Reply.LeaseLost<Optional<SignedOffer>> _ -> new Looked.Nothing();
      case Reply.Refused<Optional<SignedOffer>> _ -> new Looked.Nothing();
    };
  }

  /**
   * Fetches what was found acceptable.
   *
   * @throws IOException where it cannot be kept
   */
  public Fetched fetch(Release release) throws IOException, InterruptedException {
    Path arriving = files.arriving();
    DurableDisk.create(arriving);
    try {
      return switch (api.fetch(
          release.sequence(), arriving, release.length(), settings.download())) {
        case ARRIVED -> verify(release, arriving);
        case TOO_LONG -> new Fetched.Flawed(word(Flaw.WRONG_LENGTH));
        case BROKEN -> new Fetched.BrokenOff();
        case NOT_THERE -> new Fetched.NotThere();
      };
    } finally {
      Files.deleteIfExists(arriving);
    }
  }

  /**
   * Puts what was fetched in the place of the jar.
   *
   * @throws IOException where that failed; the version that was there still is
   */
  public void apply(Release release) throws IOException {
    new Applying(shelf, disk, settings.trial()).apply(release);
  }

  /** Puts the version before back, because somebody wants that. */
  public GoingBack.Asked goBack() throws IOException {
    return new GoingBack(shelf, disk).asked();
  }

  /** The sequence of the jar; 0 where it is of no release. */
  public long sequence() throws IOException {
    return shelf.sequence(Hashes.of(files.jar()));
  }

  /** Whether the jar has not proved itself yet: then nothing else may take its place. */
  public boolean isOnTrial() throws IOException {
    return shelf.trialOf(Hashes.of(files.jar())).isPresent();
  }

  /** A flaw as the server is told of it. */
  public static String word(Flaw flaw) {
    return flaw.name().toLowerCase(Locale.ROOT);
  }

  Shelf shelf() {
    return shelf;
  }

  Disk disk() {
    return disk;
  }

  private Looked judge(SignedOffer offer) throws IOException {
    return switch (OfferCheck.of(offer, installed(), clock.instant())) {
      case Verdict.Acceptable(Release release) -> new Looked.Acceptable(release);
      case Verdict.Rejected(Flaw flaw) -> new Looked.Rejected(sequenceSaid(offer.text()), flaw);
    };
  }

  /** What the server is told that it said: nothing else is done with it. */
  private static long sequenceSaid(String text) {
    String[] lines = text.split("\n", 5);
    return lines.length > 3 && lines[3].matches("[1-9][0-9]{0,17}") ? Long.parseLong(lines[3]) : 0;
  }

  private Installed installed() throws IOException {
    return new Installed(
        owner.agent(),
        owner.tenant(),
        owner.updateKey(),
        settings.publishers(),
        sequence(),
        shelf.floor(),
        shelf.failed(),
        Runtime.version().feature());
  }

  private Fetched verify(Release release, Path arriving) throws IOException {
    Optional<Flaw> flaw = OfferCheck.ofArtifact(release, Files.size(arriving), Hashes.of(arriving));
    if (flaw.isPresent()) {
      return new Fetched.Flawed(word(flaw.get()));
    }
    disk.move(arriving, files.fetched());
    return new Fetched.Verified();
  }
}
