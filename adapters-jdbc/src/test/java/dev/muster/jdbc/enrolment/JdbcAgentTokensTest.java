package dev.muster.jdbc.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.enrolment.AgentTokenLookup;
import dev.muster.ports.out.enrolment.AgentTokens;
import dev.muster.ports.out.enrolment.AgentTokensContract;
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
    AgentToken token = new AgentToken(id, tenant, "fleet", "agent_0123", Samples.NOW, "ada", null);
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
