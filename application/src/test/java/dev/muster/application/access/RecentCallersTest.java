package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.access.Authentication.Authenticated;
import dev.muster.domain.access.Principal;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Presented;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentCallersTest {
  private static final Instant NOW = Instant.parse("2026-03-29T00:59:30Z");
  private static final Presented TOKEN = token("a token");
  private static final Authenticated WHO =
      new Authenticated(new Principal.OfServer(new TenantId(new UUID(1, 1))), null, null);

  private final RecentCallers recent = new RecentCallers();

  @Test
  void who_was_found_is_known_for_a_second_by_that_credential_alone() {
    recent.remember(TOKEN, WHO, NOW, recent.generation());

    assertThat(recent.find(TOKEN, NOW.plusMillis(999))).contains(WHO);
    assertThat(recent.find(TOKEN, NOW.plusSeconds(1))).isEmpty();
    assertThat(recent.find(token("another"), NOW)).isEmpty();
    assertThat(recent.find(new Presented.Nothing(), NOW)).isEmpty();
  }

  @Test
  void a_key_that_is_shown_for_another_agent_is_another_credential() {
    Secret key = Secret.of("a key");
    recent.remember(new Presented.AgentKey(new UUID(1, 1), key), WHO, NOW, recent.generation());

    assertThat(recent.find(new Presented.AgentKey(new UUID(1, 2), key), NOW)).isEmpty();
    assertThat(recent.find(new Presented.Token(key), NOW)).isEmpty();
  }

  @Test
  void a_key_that_another_installation_shows_is_another_credential() {
    Secret key = Secret.of("a key");
    UUID agent = new UUID(1, 1);
    recent.remember(new Presented.AgentKey(agent, key, agent), WHO, NOW, recent.generation());

    assertThat(recent.find(new Presented.AgentKey(agent, key, new UUID(1, 2)), NOW)).isEmpty();
    assertThat(recent.find(new Presented.AgentKey(agent, key), NOW)).isEmpty();
  }

  @Test
  void nobody_is_known_once_credentials_have_changed() {
    recent.remember(TOKEN, WHO, NOW, recent.generation());

    recent.forget();

    assertThat(recent.find(TOKEN, NOW)).isEmpty();
  }

  @Test
  void who_was_looked_up_before_credentials_changed_is_not_remembered_after() {
    long before = recent.generation();
    recent.forget();

    recent.remember(TOKEN, WHO, NOW, before);

    assertThat(recent.find(TOKEN, NOW)).isEmpty();
  }

  private static Presented token(String text) {
    return new Presented.Token(Secret.of(text));
  }
}
