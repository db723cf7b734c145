package dev.muster.ports.out.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Pages;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.Agents;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link EnrolmentTokens} and {@link EnrolmentTokenLookup} must do. */
public abstract class EnrolmentTokensContract {
  private static final Instant NOW = Samples.NOW;

  private TenantId tenant = TenantId.SYSTEM;

  protected abstract EnrolmentTokens tokens();

  protected abstract EnrolmentTokenLookup lookup();

  protected abstract Agents agents();

  /** The id of a tenant that is there and has no tokens. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void somebodyNew() {
    tenant = aTenant();
  }

  @Test
  void a_token_is_found_by_hash_and_by_its_tenant() {
    EnrolmentToken token = demanding(Samples.enrolmentToken(tenant, 5));
    TokenHash hash = Samples.hash();

    tokens().add(tenant, token, hash);

    assertThat(tokens().find(tenant, token.id())).contains(token);
    assertThat(lookup().byHash(hash)).contains(token);
    assertThat(tokens().find(aTenant(), token.id())).isEmpty();
    assertThat(lookup().byHash(Samples.hash())).isEmpty();
  }

  @Test
  void tokens_are_listed_newest_first() {
    EnrolmentToken older = added(1);
    EnrolmentToken newer = added(1);

    assertThat(Pages.all(1, page -> tokens().list(tenant, page))).containsExactly(newer, older);
    assertThat(Pages.all(1, page -> tokens().list(aTenant(), page))).isEmpty();
  }

  @Test
  void a_token_is_taken_back_once_and_then_admits_nobody() {
    EnrolmentToken token = added(5);

    assertThat(tokens().revoke(aTenant(), token.id(), "not mine", NOW)).isFalse();
    assertThat(tokens().revoke(tenant, token.id(), "leaked", NOW)).isTrue();
    assertThat(tokens().revoke(tenant, token.id(), "again", NOW)).isFalse();

    assertThat(found(token).revokedAt()).isEqualTo(NOW);
    assertThat(found(token).revocationReason()).isEqualTo("leaked");
    assertThat(tokens().use(tenant, token.id(), NOW)).isFalse();
    assertThat(found(token).uses()).isZero();
  }

  @Test
  void a_token_admits_as_many_as_it_says_until_it_expires() {
    EnrolmentToken token = added(2);

    assertThat(tokens().use(aTenant(), token.id(), NOW)).isFalse();
    assertThat(tokens().use(tenant, token.id(), token.expiresAt())).isFalse();
    assertThat(tokens().use(tenant, token.id(), token.expiresAt().minusMillis(1))).isTrue();
    assertThat(tokens().use(tenant, token.id(), NOW)).isTrue();
    assertThat(tokens().use(tenant, token.id(), NOW)).isFalse();
    assertThat(found(token).uses()).isEqualTo(2);
  }

  @Test
  void of_five_hundred_at_once_ten_get_in() {
    EnrolmentToken token = added(10);

    List<Boolean> admitted = Race.of(500, runner -> tokens().use(tenant, token.id(), NOW));

    assertThat(admitted).filteredOn(Boolean::booleanValue).hasSize(10);
    assertThat(found(token).uses()).isEqualTo(10);
  }

  @Test
  void who_joined_is_listed_newest_first() {
    EnrolmentToken token = added(5);
    Agent first = joined(token, null, NOW.plusSeconds(2));
    Agent second = joined(token, null, NOW.plusSeconds(1));
    joined(added(5), null, NOW);

    assertThat(Pages.all(1, page -> tokens().registrations(tenant, token.id(), page)))
        .containsExactly(first, second);
    assertThat(Pages.all(1, page -> tokens().registrations(aTenant(), token.id(), page))).isEmpty();
  }

  @Test
  void a_repeated_registration_is_known_for_a_while_and_with_its_token() {
    EnrolmentToken token = added(5);
    UUID registration = Samples.id();
    Agent agent = joined(token, registration, NOW);

    assertThat(tokens().joinedAs(tenant, token.id(), registration, NOW)).contains(agent.id());
    assertThat(tokens().joinedAs(tenant, token.id(), registration, NOW.plusMillis(1))).isEmpty();
    assertThat(tokens().joinedAs(tenant, token.id(), Samples.id(), NOW)).isEmpty();
    assertThat(tokens().joinedAs(tenant, added(5).id(), registration, NOW)).isEmpty();
    assertThat(tokens().joinedAs(aTenant(), token.id(), registration, NOW)).isEmpty();
  }

  @Test
  void an_agent_that_was_removed_has_not_joined() {
    EnrolmentToken token = added(5);
    UUID registration = Samples.id();
    Agent agent = joined(token, registration, NOW);

    agents().remove(tenant, agent.id());

    assertThat(tokens().joinedAs(tenant, token.id(), registration, NOW)).isEmpty();
    assertThat(Pages.all(1, page -> tokens().registrations(tenant, token.id(), page))).isEmpty();
  }

  private EnrolmentToken added(int maxUses) {
    EnrolmentToken token = Samples.enrolmentToken(tenant, maxUses);
    tokens().add(tenant, token, Samples.hash());
    return token;
  }

  private Agent joined(EnrolmentToken token, @Nullable UUID registration, Instant at) {
    Agent agent = Samples.agent(tenant);
    agents().add(tenant, agent);
    tokens().joined(tenant, token.id(), agent.id(), registration, at);
    return agent;
  }

  private EnrolmentToken found(EnrolmentToken token) {
    return tokens().find(tenant, token.id()).orElseThrow();
  }

  private static EnrolmentToken demanding(EnrolmentToken token) {
    return new EnrolmentToken(
        token.id(),
        token.tenant(),
        token.prefix(),
        token.description(),
        new Constraints("eu-1", new TreeSet<>(List.of("scan")), new TreeSet<>(List.of("nmap"))),
        token.maxUses(),
        token.uses(),
        token.expiresAt(),
        null,
        null,
        token.createdAt(),
        token.createdBy());
  }
}
