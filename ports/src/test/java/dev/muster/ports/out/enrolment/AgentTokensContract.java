package dev.muster.ports.out.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Pages;
import dev.muster.ports.out.Samples;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AgentTokens} and {@link AgentTokenLookup} must do. */
public abstract class AgentTokensContract {
  private static final Instant NOW = Samples.NOW;

  private TenantId tenant = TenantId.SYSTEM;

  protected abstract AgentTokens tokens();

  protected abstract AgentTokenLookup lookup();

  /** The id of a tenant that is there and has no tokens. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void somebodyNew() {
    tenant = aTenant();
  }

  @Test
  void a_token_is_found_by_hash_and_by_its_tenant() {
    TokenHash hash = Samples.hash();
    AgentToken token = added(hash, 0);

    assertThat(tokens().find(tenant, token.id())).contains(token);
    assertThat(lookup().live(hash)).contains(token);
    assertThat(tokens().find(aTenant(), token.id())).isEmpty();
    assertThat(lookup().live(Samples.hash())).isEmpty();
  }

  @Test
  void tokens_are_listed_newest_first() {
    AgentToken older = added(Samples.hash(), 0);
    AgentToken newer = added(Samples.hash(), 1);

    assertThat(Pages.all(1, page -> tokens().list(tenant, page))).containsExactly(newer, older);
    assertThat(Pages.all(1, page -> tokens().list(aTenant(), page))).isEmpty();
  }

  @Test
  void a_token_is_taken_back_once_and_then_lets_nobody_in() {
    TokenHash hash = Samples.hash();
    AgentToken token = added(hash, 0);

    assertThat(tokens().revoke(aTenant(), token.id(), NOW)).isFalse();
    assertThat(lookup().live(hash)).isPresent();
    assertThat(tokens().held(tenant, token.id())).contains(token);
    assertThat(tokens().held(aTenant(), token.id())).isEmpty();
    assertThat(tokens().revoke(tenant, token.id(), NOW)).isTrue();
    assertThat(tokens().revoke(tenant, token.id(), NOW.plusSeconds(1))).isFalse();

    assertThat(lookup().live(hash)).isEmpty();
    assertThat(tokens().held(tenant, token.id())).isEmpty();
    assertThat(tokens().find(tenant, token.id()))
        .hasValueSatisfying(after -> assertThat(after.revokedAt()).isEqualTo(NOW));
  }

  private AgentToken added(TokenHash hash, int second) {
    AgentToken token =
        new AgentToken(
            new AgentTokenId(Samples.id()),
            tenant,
            "fleet",
            "agent_0123",
            NOW.plusSeconds(second),
            "ada",
            null,
            null);
    tokens().add(tenant, token, hash);
    return token;
  }
}
