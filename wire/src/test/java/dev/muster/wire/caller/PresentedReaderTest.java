package dev.muster.wire.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentName;
import dev.muster.ports.in.access.Presented;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PresentedReaderTest {
  private static final String ID = "01900000-0000-7000-8000-000000000001";

  static Stream<Arguments> good() {
    return Stream.of(
            new String[] {"Authorization", "Bearer s3cret"},
            new String[] {"authorization", "bearer   s3cret "},
            new String[] {"X-API-Key", "s3cret"},
            new String[] {"Authorization", "Bearer s3cret", "X-API-Key", "s3cret"})
        .map(h -> Arguments.of((Object) h));
  }

  @ParameterizedTest
  @MethodSource("good")
  void every_way_to_present_a_credential_gives_its_secret(String[] headers) {
    var presented = PresentedReader.read(HeadersFake.of(headers));

    assertThat(presented).isEqualTo(new Presented.Token(Secret.of("s3cret")));
    assertThat(presented.toString()).doesNotContain("s3cret");
  }

  @Test
  void an_agent_presents_its_id_with_its_secret() {
    var expected = new Presented.AgentKey(UUID.fromString(ID), Secret.of("s3cret"));

    assertThat(PresentedReader.read(HeadersFake.of("X-Agent-Id", ID, "X-Agent-Secret", "s3cret")))
        .isEqualTo(expected);
    assertThat(PresentedReader.read(HeadersFake.of("X-Agent-Id", ID, "X-API-Key", "s3cret")))
        .isEqualTo(expected);
  }

  @Test
  void an_agent_says_which_installation_of_it_comes() {
    var installation = UUID.fromString(ID);

    assertThat(
            PresentedReader.read(
                HeadersFake.of("Authorization", "Bearer s3cret", "X-Agent-Instance", ID)))
        .isEqualTo(new Presented.Token(Secret.of("s3cret"), installation));
    assertThat(
            PresentedReader.read(
                HeadersFake.of(
                    "X-Agent-Id", ID, "X-Agent-Secret", "s3cret", "X-Agent-Instance", ID)))
        .isEqualTo(new Presented.AgentKey(installation, Secret.of("s3cret"), installation));
  }

  private static final String AGENT_TOKEN = "agent_" + "0".repeat(64);

  @Test
  void an_agent_token_comes_with_a_name_and_an_installation() {
    var bearer = "Bearer " + AGENT_TOKEN;
    var name = new AgentName("scanner");
    var secret = Secret.of(AGENT_TOKEN);

    assertThat(
            PresentedReader.read(
                HeadersFake.of("Authorization", bearer, "X-Agent-Name", "scanner")))
        .isEqualTo(new Presented.NamedAgent(secret, name, null));
    assertThat(
            PresentedReader.read(
                HeadersFake.of(
                    "Authorization", bearer, "X-Agent-Name", "scanner", "X-Agent-Instance", ID)))
        .isEqualTo(new Presented.NamedAgent(secret, name, UUID.fromString(ID)));
    assertThat(PresentedReader.read(HeadersFake.of("Authorization", bearer)))
        .isEqualTo(new Presented.Token(secret));
    assertThat(
            PresentedReader.read(
                HeadersFake.of("Authorization", "Bearer s3cret", "X-Agent-Name", "scanner")))
        .isEqualTo(new Presented.Token(Secret.of("s3cret")));
  }

  @Test
  void who_acts_as_an_agent_names_it_beside_their_own_credential() {
    assertThat(
            PresentedReader.read(
                HeadersFake.of("Authorization", "Bearer s3cret", "X-Act-As-Agent", ID)))
        .isEqualTo(new Presented.ActingAs(Secret.of("s3cret"), UUID.fromString(ID)));
    assertThat(PresentedReader.read(HeadersFake.of("X-Act-As-Agent", ID)))
        .isEqualTo(new Presented.Nothing());
  }

  static Stream<Arguments> bad() {
    return Stream.of(
            new String[] {"Authorization", "Basic dTpw"},
            new String[] {"Authorization", "Bearer"},
            new String[] {"Authorization", "Bearer "},
            new String[] {"Authorization", "Bearer a b"},
            new String[] {"Authorization", ""},
            new String[] {"Authorization", "Bearer ä"},
            new String[] {"Authorization", "Bearer " + "x".repeat(513)},
            new String[] {"Authorization", "Bearer one", "Authorization", "Bearer two"},
            new String[] {"Authorization", "Bearer one", "X-API-Key", "two"},
            new String[] {"X-API-Key", ""},
            new String[] {"X-API-Key", AGENT_TOKEN, "X-Agent-Name", "a b"},
            new String[] {"X-API-Key", AGENT_TOKEN, "X-Agent-Name", "a", "X-Agent-Name", "a"},
            new String[] {"X-API-Key", AGENT_TOKEN, "X-Agent-Name", "a", "X-Agent-Instance", "1"},
            new String[] {"X-API-Key", "k", "X-Agent-Instance", "not-an-id"},
            new String[] {"X-API-Key", "k", "X-Agent-Instance", ID, "X-Agent-Instance", ID},
            new String[] {"X-Agent-Secret", "alone"},
            new String[] {"X-API-Key", "k", "X-Act-As-Agent", "not-an-id"},
            new String[] {"X-API-Key", "k", "X-Act-As-Agent", ""},
            new String[] {"X-API-Key", "k", "X-Act-As-Agent", ID, "X-Act-As-Agent", ID},
            new String[] {"X-API-Key", "k", "X-Act-As-Agent", ID, "X-Agent-Id", ID},
            new String[] {"X-Agent-Id", "not-an-id", "X-Agent-Secret", "s"},
            new String[] {"X-Agent-Id", ID, "X-Agent-Id", ID, "X-Agent-Secret", "s"},
            new String[] {"X-Agent-Id", ID, "X-Agent-Secret", "s", "X-API-Key", "t"})
        .map(h -> Arguments.of((Object) h));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void what_is_malformed_or_disagrees_contradicts(String[] headers) {
    assertThat(PresentedReader.read(HeadersFake.of(headers)))
        .isEqualTo(new Presented.Contradiction());
  }

  @Test
  void no_credential_is_nothing() {
    assertThat(PresentedReader.read(HeadersFake.of("X-Agent-Id", ID)))
        .isEqualTo(new Presented.Nothing());
  }

  @Test
  void a_secret_of_its_own_header_stands_there_once() {
    assertThat(PresentedReader.secretIn(HeadersFake.of("X-Key", "k"), "X-Key"))
        .isEqualTo(Secret.of("k"));
    assertThat(PresentedReader.secretIn(HeadersFake.of("X-Key", "k", "X-Key", "k"), "X-Key"))
        .isNull();
    assertThat(PresentedReader.secretIn(HeadersFake.of("X-Key", ""), "X-Key")).isNull();
    assertThat(PresentedReader.secretIn(HeadersFake.of(), "X-Key")).isNull();
  }
}
