package dev.muster.agent.update;

import dev.muster.domain.credential.MessageCode;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.Offer;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.SignedOffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** Signs offers for the agent of these tests, as server and publisher do. */
final class Publishing {
  static final String AGENT = "018f0000-0000-7000-8000-0000000000aa";
  static final String UPDATE_KEY = "5a".repeat(32);

  /** What a platform agent is answered when it joins. */
  static final String REGISTRATION =
      "{\"agent\": {\"id\": \""
          + AGENT
          + "\"}, \"api_key\": \"mst_agent_KEY\", \"update_key\": \""
          + UPDATE_KEY
          + "\"}";

  private final KeyPair publisher;

  Publishing() throws GeneralSecurityException {
    publisher = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  static Release release(long sequence, byte[] artifact) throws Exception {
    return new Release(
        sequence, 1, sequence + ".0", 25, Math.max(1, artifact.length), Host.hash(artifact));
  }

  /** An offer of a release for the agent, good for an hour. */
  SignedOffer offer(Release release) throws Exception {
    return offer(release, Instant.now(), Secret.of(UPDATE_KEY));
  }

  SignedOffer offer(Release release, Instant issued, Secret key) throws Exception {
    Offer offer =
        new Offer(
            new AgentId(UUID.fromString(AGENT)),
            TenantId.SYSTEM,
            release,
            Instant.ofEpochSecond(issued.getEpochSecond()),
            Instant.ofEpochSecond(issued.plus(Duration.ofHours(1)).getEpochSecond()));
    byte[] text = offer.signedText();
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(publisher.getPrivate());
    signature.update(release.publishedText());
    return new SignedOffer(
        new String(text, StandardCharsets.US_ASCII),
        MessageCode.of(key, text),
        HexFormat.of().formatHex(signature.sign()));
  }

  /** The public key as it is pinned. */
  String pinned() {
    byte[] encoded = publisher.getPublic().getEncoded();
    return HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length);
  }
}
