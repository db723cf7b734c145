package dev.muster.jdbc.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.jdbc.fleet.JdbcAgents;
import dev.muster.jdbc.fleet.JdbcSightings;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.enrolment.AgentTokenLookup;
import dev.muster.ports.out.enrolment.AgentTokens;
import dev.muster.ports.out.enrolment.AgentTokensContract;
import dev.muster.ports.out.enrolment.NamedAgents;
import dev.muster.ports.out.fleet.Sightings.Sighting;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcAgentTokensTest extends AgentTokensContract {
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void whoever_takes_a_token_back_waits_for_who_is_joining_with_it() throws Exception {
    TenantId tenant = aTenant();
    AgentTokenId id = new AgentTokenId(Samples.id());
    AgentToken token =
        new AgentToken(id, tenant, "fleet", "agent_0123", Samples.NOW, "ada", null, null);
    tokens().add(tenant, token, Samples.hash());

    Future<Boolean> revoked =
        database
            .transactions()
            .inTenant(
                tenant,
                () -> {
                  assertThat(tokens().held(tenant, id)).isPresent();
                  Future<Boolean> started =
                      Waiting.start(() -> tokens().revoke(tenant, id, Samples.NOW));
                  assertThat(Waiting.isStillRunning(started)).isTrue();
                  return started;
                });

    assertThat(revoked.get()).isTrue();
    assertThat(tokens().held(tenant, id)).isEmpty();
  }

  @Test
  void a_token_was_used_when_an_agent_that_came_with_it_was_last_heard_of() {
    TenantId tenant = aTenant();
    AgentTokenId id = new AgentTokenId(Samples.id());
    tokens()
        .add(
            tenant,
            new AgentToken(id, tenant, "fleet", "agent_0123", Samples.NOW, "ada", null, null),
            Samples.hash());
    assertThat(tokens().find(tenant, id)).map(AgentToken::lastUsedAt).isEmpty();

    for (int second : new int[] {5, 3}) {
      Agent agent = Samples.agent(tenant);
      new JdbcAgents(database.transactions()).add(tenant, agent);
      new JdbcNamedAgents(database.transactions())
          .add(
              tenant,
              agent.id(),
              Flow.AGENT_TOKEN,
              new NamedAgents.Presence(null, id.value(), Samples.NOW),
              10);
      new JdbcSightings(database.transactions(), "r", Duration.ofSeconds(60))
          .note(List.of(new Sighting(tenant, agent.id(), Samples.NOW.plusSeconds(second), null)));
    }

    assertThat(tokens().list(tenant, PageRequest.first()).items())
        .extracting(AgentToken::lastUsedAt)
        .containsExactly(Samples.NOW.plusSeconds(5));
    assertThat(tokens().find(tenant, id))
        .map(AgentToken::lastUsedAt)
        .hasValue(Samples.NOW.plusSeconds(5));
  }

  @Override
  protected AgentTokens tokens() {
    return new JdbcAgentTokens(database.transactions());
  }

  @Override
  protected AgentTokenLookup lookup() {
    return new JdbcAgentTokens(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
