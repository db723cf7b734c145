package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStats;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Agents, in memory. */
public final class InMemoryAgents implements Agents, Sightings {
  /** Who pauses for so long has gone. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final InMemoryStorage storage;
  private final InMemoryTable<AgentId, Row> agents;
  private final InMemoryTable<AgentId, Integer> keyGenerations;
  private final String replica;
  private ToIntFunction<AgentId> leased = agent -> 0;

  private record Row(
      Agent agent,
      @Nullable AgentControl control,
      boolean offlineNoted,
      @Nullable Connection connection) {}

  /** Where an agent called last, and since when it has without a pause. */
  record Connection(String replica, Instant since) {}

  /** Without any, called at the replica {@code here}. */
  public InMemoryAgents(InMemoryStorage storage) {
    this(storage, storage.table(), storage.table(), "here");
  }

  private InMemoryAgents(
      InMemoryStorage storage,
      InMemoryTable<AgentId, Row> agents,
      InMemoryTable<AgentId, Integer> keyGenerations,
      String replica) {
    this.storage = storage;
    this.agents = agents;
    this.keyGenerations = keyGenerations;
    this.replica = replica;
  }

  /** The same agents, called at another replica. */
  public InMemoryAgents at(String other) {
    InMemoryAgents there = new InMemoryAgents(storage, agents, keyGenerations, other);
    there.leased = leased;
    return there;
  }

  /** Where an agent is connected, for a transaction across tenants. */
  Optional<Connection> connectionOf(AgentId id) {
    return agents.find(id).map(Row::connection);
  }

  /** Says how many jobs an agent has. */
  public void countLeasesBy(ToIntFunction<AgentId> count) {
    leased = count;
  }

  /** All there are, the workers within the server too, for a transaction across tenants. */
  public Stream<Agent> all() {
    return agents.stream().map(this::counted);
  }

  /** The agent of this id, whose ever it is, for a transaction across tenants. */
  public Optional<Agent> known(AgentId id) {
    return agents.find(id).map(this::counted);
  }

  /** What an agent was not told yet, for a transaction across tenants. */
  public @Nullable AgentControl controlOf(AgentId id) {
    return agents.find(id).map(Row::control).orElse(null);
  }

  /** How often all keys of an agent were taken back, for a transaction across tenants. */
  public int keyGenerationOf(AgentId id) {
    return keyGenerations.find(id).orElse(0);
  }

  /** Counts that all keys of an agent were taken back. */
  void countRevocation(AgentId id) {
    keyGenerations.put(id, keyGenerationOf(id) + 1);
  }

  /** Notes that an agent was told something, unless it was decided otherwise meanwhile. */
  public void told(AgentId id, AgentControl control) {
    agents.change(
        id,
        row ->
            row.control() == control
                ? new Row(row.agent(), null, row.offlineNoted(), row.connection())
                : row);
  }

  List<Agent> newlyOffline(Instant offlineSince, int limit) {
    List<Agent> silent =
        agents.stream()
            .filter(row -> !row.agent().isInline())
            .filter(row -> !row.offlineNoted() && isBefore(row.agent().lastSeenAt(), offlineSince))
            .limit(limit)
            .map(this::counted)
            .toList();
    silent.forEach(agent ->
        agents.change(
            agent.id(), row -> new Row(row.agent(), row.control(), true, row.connection())));
    return silent;
  }

  private static boolean isBefore(@Nullable Instant seen, Instant moment) {
    return seen != null && seen.isBefore(moment);
  }

  private Agent counted(Row row) {
    Agent agent = row.agent();
    return with(
        agent,
        leased.applyAsInt(agent.id()),
        agent.enabled(),
        agent.draining(),
        agent.version(),
        agent.lastSeenAt());
  }

  @Override
  public boolean add(TenantId tenant, Agent agent) {
    return storage.forTenant(
        tenant,
        () -> {
          storage.mustSee(tenant);
          if (of(tenant).anyMatch(other -> other.name().equals(agent.name()))) {
            return false;
          }
          agents.put(agent.id(), new Row(agent, null, false, null));
          return true;
        });
  }

  @Override
  public Optional<Agent> find(TenantId tenant, AgentId id) {
    return first(tenant, agent -> agent.id().equals(id));
  }

  @Override
  public Optional<Agent> lock(TenantId tenant, AgentId id) {
    return find(tenant, id);
  }

  @Override
  public Optional<Agent> byName(TenantId tenant, AgentName name) {
    return first(tenant, agent -> agent.name().equals(name));
  }

  private Optional<Agent> first(TenantId tenant, Predicate<Agent> wanted) {
    return storage.forTenant(tenant, () -> dialIn(tenant).filter(wanted).findFirst());
  }

  private Stream<Agent> of(TenantId tenant) {
    return all().filter(agent -> agent.tenant().equals(tenant) && storage.sees(tenant));
  }

  private Stream<Agent> dialIn(TenantId tenant) {
    return of(tenant).filter(agent -> !agent.isInline());
  }

  private boolean isThere(TenantId tenant, AgentId id) {
    return of(tenant).anyMatch(agent -> agent.id().equals(id));
  }

  @Override
  public Page<Agent> list(
      TenantId tenant, AgentFilter filter, Instant onlineSince, PageRequest page) {
    return storage.forTenant(
        tenant,
        () ->
            InMemoryPages.newestFirst(
                dialIn(tenant).filter(agent -> fits(agent, filter, onlineSince)),
                agent -> new Cursor(agent.createdAt(), agent.id().value()),
                page));
  }

  private static boolean fits(Agent agent, AgentFilter filter, Instant onlineSince) {
    return (filter.online() == null || filter.online() == isOnline(agent, onlineSince))
        && (filter.enabled() == null || filter.enabled() == agent.enabled())
        && (filter.region() == null || filter.region().equals(agent.abilities().region()))
        && (filter.capability() == null
            || agent.abilities().capabilities().contains(filter.capability()));
  }

  private static boolean isOnline(Agent agent, Instant onlineSince) {
    return agent.lastSeenAt() != null && agent.lastSeenAt().isAfter(onlineSince);
  }

  @Override
  public void steer(
      TenantId tenant,
      AgentId id,
      boolean enabled,
      boolean draining,
      @Nullable AgentControl control) {
    change(
        tenant,
        id,
        row -> {
          Agent agent = row.agent();
          Agent steered = with(agent, 0, enabled, draining, agent.version(), agent.lastSeenAt());
          return new Row(steered, control, row.offlineNoted(), row.connection());
        });
  }

  @Override
  public void remove(TenantId tenant, AgentId id) {
    storage.forTenant(
        tenant,
        () -> {
          if (isThere(tenant, id)) {
            agents.remove(id);
          }
          return true;
        });
  }

  @Override
  public AgentStats stats(TenantId tenant, Instant onlineSince) {
    return storage.forTenant(
        tenant,
        () -> {
          List<Agent> all = dialIn(tenant).toList();
          int online = count(all, agent -> isOnline(agent, onlineSince));
          return new AgentStats(
              all.size(),
              online,
              all.size() - online,
              count(all, agent -> !agent.enabled()),
              count(all, Agent::draining),
              all.stream()
                  .filter(agent -> isOnline(agent, onlineSince) && agent.takesWork())
                  .mapToInt(Agent::maxConcurrent)
                  .sum(),
              all.stream().mapToInt(Agent::leased).sum());
        });
  }

  private static int count(List<Agent> all, Predicate<Agent> wanted) {
    return (int) all.stream().filter(wanted).count();
  }

  @Override
  public void note(List<Sighting> sightings) {
    storage.forAllTenants(() -> {
      sightings.forEach(this::note);
      return true;
    });
  }

  private void note(Sighting sighting) {
    Instant at = sighting.at();
    change(
        sighting.tenant(),
        sighting.agent(),
        row -> {
          Agent agent = row.agent();
          String newest = sighting.version() == null ? agent.version() : sighting.version();
          boolean wasOffline = !isOnline(agent, at.minus(LEASE));
          boolean isLongAgo = wasOffline || !isOnline(agent, at.minus(BETWEEN_NOTES));
          boolean isNews =
              agent.lastSeenAt() != null
                  && !agent.lastSeenAt().isAfter(at)
                  && !Objects.equals(newest, agent.version());
          if (!isLongAgo && !isNews) {
            return row;
          }
          Instant since = wasOffline || row.connection() == null ? at : row.connection().since();
          return new Row(
              with(agent, 0, agent.enabled(), agent.draining(), newest, at),
              row.control(),
              false,
              new Connection(replica, since));
        });
  }

  /** Replaces what an agent says of itself. */
  public void declare(
      TenantId tenant, AgentId id, Abilities abilities, int most, @Nullable String version) {
    change(
        tenant,
        id,
        row -> {
          Agent agent = row.agent();
          return new Row(
              new Agent(
                  agent.id(),
                  agent.tenant(),
                  agent.name(),
                  abilities,
                  agent.workerType(),
                  agent.servesTenant(),
                  most,
                  0,
                  agent.enabled(),
                  agent.draining(),
                  version == null ? agent.version() : version,
                  agent.lastSeenAt(),
                  agent.createdAt()),
              row.control(),
              row.offlineNoted(),
              row.connection());
        });
  }

  private void change(TenantId tenant, AgentId id, UnaryOperator<Row> change) {
    storage.forTenant(tenant, () -> isThere(tenant, id) && agents.change(id, change));
  }

  private static Agent with(
      Agent agent,
      int leased,
      boolean enabled,
      boolean draining,
      @Nullable String version,
      @Nullable Instant lastSeenAt) {
    return new Agent(
        agent.id(),
        agent.tenant(),
        agent.name(),
        agent.abilities(),
        agent.workerType(),
        agent.servesTenant(),
        agent.maxConcurrent(),
        leased,
        enabled,
        draining,
        version,
        lastSeenAt,
        agent.createdAt());
  }
}
