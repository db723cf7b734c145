package dev.muster.domain.update;

import dev.muster.domain.credential.MessageCode;
import dev.muster.domain.update.Verdict.Flaw;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an agent takes what it is offered. The signature comes first, before anything is read.
 */
public final class OfferCheck {
  /** By how much the clocks of server and agent may differ. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(300);

  private OfferCheck() {}

  /** Decides on an offer, before anything is fetched. */
  public static Verdict of(SignedOffer came, Installed here, Instant now) {
    byte[] text = came.text().getBytes(StandardCharsets.UTF_8);
    if (!MessageCode.isOf(here.updateKey(), text, came.signature())) {
      return new Verdict.Rejected(Flaw.BAD_SIGNATURE);
    }
    Optional<Offer> offer = Offer.read(came.text());
    if (offer.isEmpty()) {
      return new Verdict.Rejected(Flaw.UNREADABLE);
    }
    return flaw(offer.get(), came, here, now)
        .<Verdict>map(Verdict.Rejected::new)
        .orElseGet(() -> new Verdict.Acceptable(offer.get().release()));
  }

  private static Optional<Flaw> flaw(Offer offer, SignedOffer came, Installed here, Instant now) {
    if (!offer.agent().equals(here.agent())) {
      return Optional.of(Flaw.OTHER_AGENT);
    }
    if (!offer.tenant().equals(here.tenant())) {
      return Optional.of(Flaw.OTHER_TENANT);
    }
    if (!isPublished(offer.release(), came, here)) {
      return Optional.of(Flaw.BAD_PUBLISHER_SIGNATURE);
    }
    return flawOfRelease(offer.release(), here).or(() -> flawOfTime(offer, now));
  }

  private static boolean isPublished(Release release, SignedOffer came, Installed here) {
    String signature = came.publisherSignature();
    return here.publishers().isEmpty()
        || signature != null
            && here.publishers().stream().anyMatch(key -> key.hasSigned(release, signature));
  }

  private static Optional<Flaw> flawOfRelease(Release release, Installed here) {
    if (release.sequence() <= here.sequence()) {
      return Optional.of(Flaw.NOT_NEWER);
    }
    if (release.sequence() < here.floor()) {
      return Optional.of(Flaw.BELOW_FLOOR);
    }
    if (here.failed().contains(release.sequence())) {
      return Optional.of(Flaw.FAILED_BEFORE);
    }
    return release.leastJava() > here.java() ? Optional.of(Flaw.JAVA_TOO_OLD) : Optional.empty();
  }

  private static Optional<Flaw> flawOfTime(Offer offer, Instant now) {
    if (offer.issued().minus(CLOCK_TOLERANCE).isAfter(now)) {
      return Optional.of(Flaw.NOT_YET_ISSUED);
    }
    if (now.isAfter(offer.expires())) {
      return Optional.of(Flaw.EXPIRED);
    }
    boolean isTooLong = offer.expires().isAfter(offer.issued().plus(Offer.LONGEST));
    return isTooLong ? Optional.of(Flaw.TOO_LONG_LIVED) : Optional.empty();
  }

  /** Decides on what was fetched. */
  public static Optional<Flaw> ofArtifact(Release release, long length, String sha256) {
    if (length != release.length()) {
      return Optional.of(Flaw.WRONG_LENGTH);
    }
    return sha256.equals(release.sha256()) ? Optional.empty() : Optional.of(Flaw.WRONG_HASH);
  }
}
