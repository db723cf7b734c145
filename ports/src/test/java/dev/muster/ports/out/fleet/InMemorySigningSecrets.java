package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The secrets that agents sign with, in memory. */
public final class InMemorySigningSecrets implements SigningSecrets {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryTable<Key, Row> secrets;

  private record Key(AgentId agent, int version) {}

  private record Row(Key key, Kept kept) {}

  /** Without any, of those agents. */
  public InMemorySigningSecrets(InMemoryStorage storage, InMemoryAgents agents) {
    this.storage = storage;
    this.agents = agents;
    this.secrets = storage.table();
  }

  @Override
  public List<Kept> live(TenantId tenant, AgentId agent, Instant now) {
    return storage.forTenant(
        tenant,
        () ->
            of(tenant, agent)
                .map(Row::kept)
                .filter(kept -> kept.endsAt() == null || kept.endsAt().isAfter(now))
                .sorted(Comparator.comparingInt(Kept::version).reversed())
                .toList());
  }

  @Override
  public int nextVersion(TenantId tenant, AgentId agent) {
    return storage.forTenant(
        tenant, () -> of(tenant, agent).mapToInt(row -> row.key().version()).max().orElse(0) + 1);
  }

  @Override
  public void add(TenantId tenant, AgentId agent, Kept secret) {
    storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          Key key = new Key(agent, secret.version());
          secrets.put(key, new Row(key, secret));
          return true;
        });
  }

  @Override
  public void endAll(TenantId tenant, AgentId agent, Instant at) {
    storage.forTenant(
        tenant,
        () -> {
          of(tenant, agent)
              .filter(row -> row.kept().endsAt() == null || row.kept().endsAt().isAfter(at))
              .toList()
              .forEach(row -> secrets.put(row.key(), new Row(row.key(), ending(row.kept(), at))));
          return true;
        });
  }

  private static Kept ending(Kept kept, Instant at) {
    return new Kept(kept.version(), kept.sealed(), kept.byServer(), kept.createdAt(), at);
  }

  private Stream<Row> of(TenantId tenant, AgentId agent) {
    return agents.find(tenant, agent).stream()
        .flatMap(known -> secrets.stream().filter(row -> row.key().agent().equals(agent)));
  }
}
