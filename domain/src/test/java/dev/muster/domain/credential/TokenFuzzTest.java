package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is not a token is told so, whatever it is: nothing is thrown, and nothing is let in. */
class TokenFuzzTest {
  private static final int INPUTS = 100_000;
  private static final TenantId TENANT =
      new TenantId(UUID.fromString("01920000-0000-7000-8000-000000000001"));
  private static final JobId JOB =
      new JobId(UUID.fromString("01920000-0000-7000-8000-000000000002"));

  private final Random random = new Random(42);

  @Test
  void nothing_but_a_whole_token_has_a_kind() {
    List<Secret> whole = List.of(made(TokenKind.USER), made(TokenKind.AGENT), made(TokenKind.JOB));
    for (int input = 0; input < INPUTS; input++) {
      Secret good = whole.get(input % whole.size());
      String bad = changed(good.reveal());

      if (!bad.equals(good.reveal())) {
        assertThat(Tokens.kindOf(Secret.of(bad))).as(bad).isEmpty();
      }
    }
  }

  @Test
  void nothing_but_a_bootstrap_token_has_its_id() {
    String good = BootstrapTokenText.make(random).reveal();
    for (int input = 0; input < INPUTS; input++) {
      String bad = changed(good);

      BootstrapTokenText.idOf(Secret.of(bad))
          .ifPresent(id -> assertThat(bad).matches("[a-z0-9]{6}\\.[a-z0-9]{16}").startsWith(id));
    }
  }

  @Test
  void nothing_but_an_agent_token_or_a_platform_key_is_one() {
    String good = AgentTokenText.make(new byte[AgentTokenText.RANDOM_BYTES]).reveal();
    String key = "0123456789abcdef".repeat(4);
    for (int input = 0; input < INPUTS; input++) {
      String bad = changed(good);
      String badKey = changed(key);

      assertThat(AgentTokenText.isOne(Secret.of(bad))).isEqualTo(bad.matches("agent_[0-9a-f]{64}"));
      assertThat(PlatformKey.parse(Secret.of(badKey)).isPresent())
          .isEqualTo(badKey.matches("[0-9a-fA-F]{64}"));
    }
  }

  @Test
  void no_other_token_is_a_jobs() {
    JobTokens tokens = new JobTokens(MasterKeys.of(new byte[MasterKeys.KEY_BYTES]));
    String good = tokens.of(TENANT, JOB).reveal();
    for (int input = 0; input < INPUTS; input++) {
      String bad = changed(good);

      assertThat(tokens.isOf(Secret.of(bad), TENANT, JOB)).as(bad).isEqualTo(bad.equals(good));
    }
  }

  @Test
  void nothing_but_the_sealed_value_opens() {
    SealedValues values = new SealedValues(MasterKeys.of(new byte[MasterKeys.KEY_BYTES]));
    Belonging belonging = new Belonging("key", TENANT, "owner", "row", 1);
    byte[] good = values.seal(belonging, new byte[32], new byte[SealedValues.NONCE_BYTES]);
    for (int input = 0; input < INPUTS; input++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }

      boolean same = HexFormat.of().formatHex(bad).equals(HexFormat.of().formatHex(good));
      assertThat(values.open(belonging, bad).isPresent()).isEqualTo(same);
    }
  }

  private Secret made(TokenKind kind) {
    byte[] bytes = new byte[Tokens.RANDOM_BYTES];
    random.nextBytes(bytes);
    return Tokens.make(kind, bytes);
  }

  /** Cut, doubled, with other characters in it, or something else altogether. */
  private String changed(String good) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(6)) {
        case 0 -> text.setLength(at);
        case 1 -> text.insert(at, anything());
        case 2 -> text.append(good);
        case 3 -> text.reverse();
        case 4 -> text.replace(at, Math.min(at + 1, text.length()), anything());
        default -> text.replace(0, text.length(), anything().repeat(random.nextInt(80)));
      }
    }
    return text.toString();
  }

  private String anything() {
    int codePoint = random.nextInt(3) > 0 ? 0x20 + random.nextInt(0x5f) : random.nextInt(0x11_0000);
    return Character.toString(codePoint);
  }
}
