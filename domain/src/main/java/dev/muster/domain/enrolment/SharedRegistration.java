package dev.muster.domain.enrolment;

import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentName;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a shared agent signs with the platform key to register itself. */
public sealed interface SharedRegistration {
  /** How far the clocks of both ends may be apart, to either side. */
  Duration WINDOW = Duration.ofSeconds(300);

  /** How long what was used is remembered after its time: the window, and some more. */
  Duration MEMORY = Duration.ofSeconds(360);

  /** The agent that it is for. */
  AgentName name();

  /** When it was signed, in Unix seconds. */
  long timestamp();

  /** The text that is signed. */
  String text();

  /** What may be used once, different for each registration. */
  String nonce();

  /** The signature as it came. */
  Secret signature();

  /** Whether a key signed exactly this; takes as long whether or where it differs. */
  default boolean isSignedBy(PlatformKey key) {
    return key.sign(text()).matches(signature());
  }

  /** Whether it was signed about now. */
  default boolean isTimely(Instant now) {
    long seconds = now.getEpochSecond();
    return timestamp() >= seconds - WINDOW.toSeconds()
        && timestamp() <= seconds + WINDOW.toSeconds();
  }

  /** Until when it must be remembered that it was used. */
  default Instant rememberedUntil() {
    return Instant.ofEpochSecond(timestamp()).plus(MEMORY);
  }

  /**
   * The first version, which binds name and time.
   *
   * @param timestamp at least 0, and less than ten billion
   */
  record Version1(AgentName name, long timestamp, Secret signature) implements SharedRegistration {
    /** The text for a name and a time. */
    public static String text(AgentName name, long timestamp) {
      return "agent_register:" + name + ":" + timestamp;
    }

    @Override
    public String text() {
      return text(name, timestamp);
    }

    @Override
    public String nonce() {
      return "v1:" + signature.reveal();
    }
  }

  /**
   * The second version, which also binds the key, the server's host, a nonce and the body.
   *
   * @param keyId which key signed
   * @param host the server as the agent addressed it: its {@code Host} header, in any case
   * @param nonceText 16 random bytes in base64url without padding
   * @param bodyHash the SHA-256 of the body in lower-case hex
   */
  record Version2(
      String keyId,
      String host,
      AgentName name,
      long timestamp,
      String nonceText,
      String bodyHash,
      Secret signature)
      implements SharedRegistration {
    /** What a nonce looks like. */
    public static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");

    /**
     * The text of everything that is bound. The host is signed in lower case, in which it arrives
     * however it was written: HTTP says that its case means nothing, and servers fold it.
     */
    public static String text(
        String keyId, String host, AgentName name, long timestamp, String nonce, String bodyHash) {
      return String.join(
          "\n",
          "agent_register_v2",
          keyId,
          host.toLowerCase(Locale.ROOT),
          name.value(),
          Long.toString(timestamp),
          nonce,
          bodyHash);
    }

    @Override
    public String text() {
      return text(keyId, host, name, timestamp, nonceText, bodyHash);
    }

    @Override
    public String nonce() {
      return "v2:" + keyId + ":" + nonceText;
    }

    @Override
    public boolean isSignedBy(PlatformKey key) {
      return SharedRegistration.super.isSignedBy(key) && key.id().equals(keyId);
    }
  }
}
