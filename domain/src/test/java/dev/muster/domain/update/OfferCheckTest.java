package dev.muster.domain.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.MessageCode;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.Verdict.Flaw;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OfferCheckTest {
  private static final Instant NOW = Instant.parse("2026-03-29T01:00:00Z");
  private static final Secret KEY = Secret.of("0f".repeat(32));
  private static final AgentId AGENT =
      new AgentId(UUID.fromString("01920000-0000-7000-8000-00000000000a"));
  private static final TenantId TENANT =
      new TenantId(UUID.fromString("01920000-0000-7000-8000-00000000000b"));
  private static final Release RELEASE = release(7, 5);
  private static final Installed HERE =
      new Installed(AGENT, TENANT, KEY, List.of(), 6, 5, Set.of(4L), 25);

  @Test
  void an_offer_that_holds_in_every_respect_is_acceptable() {
    assertThat(verdict(offer(RELEASE), HERE)).isEqualTo(new Verdict.Acceptable(RELEASE));
  }

  @Test
  void any_bit_of_the_text_or_the_signature_that_is_flipped_is_noticed_before_anything_is_read() {
    SignedOffer good = signed(offer(RELEASE), KEY, null);
    byte[] text = good.text().getBytes(StandardCharsets.US_ASCII);
    for (int bit = 0; bit < text.length * 8; bit++) {
      assertThat(verdict(new SignedOffer(flipped(text, bit), good.signature(), null), HERE))
          .isEqualTo(rejected(Flaw.BAD_SIGNATURE));
    }
    byte[] signature = good.signature().getBytes(StandardCharsets.US_ASCII);
    for (int bit = 0; bit < signature.length * 8; bit++) {
      assertThat(verdict(new SignedOffer(good.text(), flipped(signature, bit), null), HERE))
          .isEqualTo(rejected(Flaw.BAD_SIGNATURE));
    }
  }

  private static String flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return new String(copy, StandardCharsets.ISO_8859_1);
  }

  @Test
  void without_an_update_key_nothing_is_believed() {
    Installed keyless = new Installed(AGENT, TENANT, Secret.of(""), List.of(), 0, 0, Set.of(), 25);

    assertThat(verdict(new SignedOffer("", "", null), keyless))
        .isEqualTo(rejected(Flaw.BAD_SIGNATURE));
    assertThat(verdict(offer(RELEASE), keyless)).isEqualTo(rejected(Flaw.BAD_SIGNATURE));
  }

  @Test
  void a_signed_text_that_is_no_offer_is_unreadable() {
    String good = text(offer(RELEASE));
    for (String text :
        List.of(
            "",
            good + "\n",
            "\n" + good,
            good.replace("muster-update-v1", "muster-release-v1"),
            good.replace("\n7\n", "\n07\n"),
            good.replace("\n7\n", "\n+7\n"),
            good.replace("\n7\n", "\n-7\n"),
            good.replace("\n7\n", "\n99999999999999999999\n"),
            good.replace("1.2.3", "1 2 3"),
            good.replace("1.2.3", "1.2.3\n"),
            good.replace("01920000-0000-7000-8000-00000000000a", "1-1-1-1-1"),
            good.replace("\n", "\r\n"),
            good.replace("a".repeat(64), "A".repeat(64)))) {
      assertThat(verdict(new SignedOffer(text, code(text, KEY), null), HERE))
          .as(text)
          .isEqualTo(rejected(Flaw.UNREADABLE));
    }
  }

  @Test
  void an_offer_to_somebody_else_is_not_taken() {
    AgentId other = new AgentId(new UUID(1, 1));
    assertThat(verdict(new Offer(other, TENANT, RELEASE, NOW, NOW.plusSeconds(60)), HERE))
        .isEqualTo(rejected(Flaw.OTHER_AGENT));
    assertThat(verdict(new Offer(AGENT, TenantId.SYSTEM, RELEASE, NOW, NOW.plusSeconds(60)), HERE))
        .isEqualTo(rejected(Flaw.OTHER_TENANT));
  }

  @Test
  void only_what_is_newer_and_not_below_the_floor_and_has_not_failed_is_taken() {
    assertThat(verdict(offer(release(6, 0)), HERE)).isEqualTo(rejected(Flaw.NOT_NEWER));
    assertThat(verdict(offer(release(3, 0)), HERE)).isEqualTo(rejected(Flaw.NOT_NEWER));
    Installed seeded = new Installed(AGENT, TENANT, KEY, List.of(), 0, 5, Set.of(8L), 25);
    assertThat(verdict(offer(release(4, 0)), seeded)).isEqualTo(rejected(Flaw.BELOW_FLOOR));
    assertThat(verdict(offer(release(5, 0)), seeded)).isInstanceOf(Verdict.Acceptable.class);
    assertThat(verdict(offer(release(8, 0)), seeded)).isEqualTo(rejected(Flaw.FAILED_BEFORE));
  }

  @Test
  void what_needs_a_newer_java_is_not_taken() {
    Release modern = new Release(7, 0, "1.2.3", 26, 10, "a".repeat(64));

    assertThat(verdict(offer(modern), HERE)).isEqualTo(rejected(Flaw.JAVA_TOO_OLD));
  }

  @Test
  void an_offer_is_good_from_five_minutes_before_it_was_issued_until_it_expires() {
    Offer offer = offer(RELEASE);
    Duration life = Duration.between(offer.issued(), offer.expires());

    assertThat(at(offer, Duration.ofSeconds(-301))).isEqualTo(rejected(Flaw.NOT_YET_ISSUED));
    assertThat(at(offer, Duration.ofSeconds(-300))).isInstanceOf(Verdict.Acceptable.class);
    assertThat(at(offer, life)).isInstanceOf(Verdict.Acceptable.class);
    assertThat(at(offer, life.plusSeconds(1))).isEqualTo(rejected(Flaw.EXPIRED));
  }

  private static Verdict at(Offer offer, Duration later) {
    return OfferCheck.of(signed(offer, KEY, null), HERE, offer.issued().plus(later));
  }

  @Test
  void an_offer_is_good_for_seven_days_at_most() {
    assertThat(verdict(lasting(Duration.ofDays(7)), HERE)).isInstanceOf(Verdict.Acceptable.class);
    assertThat(verdict(lasting(Duration.ofDays(7).plusSeconds(1)), HERE))
        .isEqualTo(rejected(Flaw.TOO_LONG_LIVED));
  }

  private static Offer lasting(Duration life) {
    return new Offer(AGENT, TENANT, RELEASE, NOW, NOW.plus(life));
  }

  @Test
  void with_a_pinned_publisher_the_servers_own_signature_is_not_enough() {
    Publishing publisher = Publishing.any();
    Publishing second = Publishing.any();
    Installed pinned =
        new Installed(
            AGENT, TENANT, KEY, List.of(publisher.key(), second.key()), 6, 5, Set.of(), 25);
    Offer offer = offer(RELEASE);

    assertThat(verdict(offer, pinned)).isEqualTo(rejected(Flaw.BAD_PUBLISHER_SIGNATURE));
    for (String signature :
        List.of(
            "",
            "nonsense",
            Publishing.any().sign(RELEASE),
            publisher.sign(release(8, 5)),
            publisher.sign(RELEASE).substring(2))) {
      assertThat(OfferCheck.of(signed(offer, KEY, signature), pinned, NOW))
          .isEqualTo(rejected(Flaw.BAD_PUBLISHER_SIGNATURE));
    }
    assertThat(OfferCheck.of(signed(offer, KEY, publisher.sign(RELEASE)), pinned, NOW))
        .isInstanceOf(Verdict.Acceptable.class);
    assertThat(OfferCheck.of(signed(offer, KEY, second.sign(RELEASE)), pinned, NOW))
        .isInstanceOf(Verdict.Acceptable.class);
  }

  @Test
  void what_was_fetched_must_have_the_length_and_the_hash() {
    assertThat(OfferCheck.ofArtifact(RELEASE, 10, "a".repeat(64))).isEmpty();
    assertThat(OfferCheck.ofArtifact(RELEASE, 9, "a".repeat(64))).contains(Flaw.WRONG_LENGTH);
    assertThat(OfferCheck.ofArtifact(RELEASE, 10, "b".repeat(64))).contains(Flaw.WRONG_HASH);
  }

  private static Release release(long sequence, long floor) {
    return new Release(sequence, floor, "1.2.3", 25, 10, "a".repeat(64));
  }

  private static Offer offer(Release release) {
    return new Offer(AGENT, TENANT, release, NOW, NOW.plusSeconds(3600));
  }

  private static Verdict verdict(Offer offer, Installed here) {
    return verdict(signed(offer, KEY, null), here);
  }

  private static Verdict verdict(SignedOffer came, Installed here) {
    return OfferCheck.of(came, here, NOW);
  }

  private static SignedOffer signed(Offer offer, Secret key, String publisherSignature) {
    return new SignedOffer(text(offer), code(text(offer), key), publisherSignature);
  }

  private static String text(Offer offer) {
    return new String(offer.signedText(), StandardCharsets.US_ASCII);
  }

  private static String code(String text, Secret key) {
    return MessageCode.of(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Verdict rejected(Flaw flaw) {
    return new Verdict.Rejected(flaw);
  }
}
