package dev.muster.jdbc.enrolment;

import static dev.muster.jdbc.Columns.constant;
import static dev.muster.jdbc.Columns.uuid;
import static dev.muster.jdbc.Columns.uuidOrNull;
import static dev.muster.jdbc.Columns.word;

import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.fleet.JdbcAgentRows;
import dev.muster.ports.out.enrolment.NamedAgents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Agents that come by name. Thread-safe. */
public final class JdbcNamedAgents implements NamedAgents {
  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcNamedAgents(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<NamedAgent> find(TenantId tenant, AgentName name) {
    return withJobs(
        tenant,
        handle ->
            handle
                .createQuery(NamedAgentSql.FIND)
                .bind("tenant_id", tenant.value())
                .bind("name", name.value())
                .map((row, context) ->
                    new NamedAgent(
                        JdbcAgentRows.read(row, context),
                        constant(row, "flow", Flow.class),
                        uuidOrNull(row, "instance"),
                        uuid(row, "presented")))
                .findOne());
  }

  @Override
  public boolean add(TenantId tenant, AgentId agent, Flow flow, Presence presence, int most) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                    .createUpdate(NamedAgentSql.ADD)
                    .bind("tenant_id", tenant.value())
                    .bind("agent_id", agent.value())
                    .bind("flow", word(flow))
                    .bindByType("instance", presence.instance(), UUID.class)
                    .bind("at", presence.at())
                    .bind("presented", presence.presented())
                    .bind("most", most)
                    .execute()
                == 1);
  }

  @Override
  public boolean speak(TenantId tenant, AgentId agent, Presence presence, Instant onlineSince) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                    .createUpdate(NamedAgentSql.SPEAK)
                    .bind("tenant_id", tenant.value())
                    .bind("agent_id", agent.value())
                    .bindByType("instance", presence.instance(), UUID.class)
                    .bind("at", presence.at())
                    .bind("presented", presence.presented())
                    .bind("online_since", onlineSince)
                    .execute()
                == 1);
  }

  @Override
  public void declare(
      TenantId tenant,
      AgentId agent,
      Abilities abilities,
      int maxConcurrent,
      @Nullable String version) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(NamedAgentSql.DECLARE)
                .bind("tenant_id", tenant.value())
                .bind("agent_id", agent.value())
                .bind("capabilities", SqlArray.of(String.class, abilities.capabilities()))
                .bind("tools", SqlArray.of(String.class, abilities.tools()))
                .bind("region", abilities.region())
                .bind("max_concurrent", maxConcurrent)
                .bind("version", version)
                .execute());
  }

  @Override
  public List<AgentId> whoPresented(TenantId tenant, UUID presented) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(NamedAgentSql.WHO_PRESENTED)
                .bind("tenant_id", tenant.value())
                .bind("presented", presented)
                .mapTo(UUID.class)
                .map(AgentId::new)
                .list());
  }

  @Override
  public void giveToken(TenantId tenant, AgentId agent, SharedToken token, Instant othersEnd) {
    transactions.forTenant(
        tenant,
        handle -> {
          handle
              .createUpdate(NamedAgentSql.END_TOKENS)
              .bind("tenant_id", tenant.value())
              .bind("agent_id", agent.value())
              .bind("end", othersEnd)
              .execute();
          handle
              .createUpdate(NamedAgentSql.FORGET_TOKENS)
              .bind("tenant_id", tenant.value())
              .bind("agent_id", agent.value())
              .bind("now", token.from())
              .execute();
          return handle
              .createUpdate(NamedAgentSql.GIVE_TOKEN)
              .bind("tenant_id", tenant.value())
              .bind("agent_id", agent.value())
              .bind("hash", token.hash().bytes())
              .bind("prefix", token.prefix())
              .bind("from", token.from())
              .bind("until", token.until())
              .bind("key", token.key().value())
              .execute();
        });
  }

  /** The jobs that platform agents have are other tenants'. */
  private <T> T withJobs(TenantId tenant, Function<Handle, T> sql) {
    return tenant.isSystem()
        ? transactions.forAllTenants(sql)
        : transactions.forTenant(tenant, sql);
  }
}
