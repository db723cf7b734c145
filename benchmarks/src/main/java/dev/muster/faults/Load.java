package dev.muster.faults;

import dev.muster.outside.Api;
import dev.muster.outside.UnexpectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** Tenants that submit and agents that work, in the middle of which a fault strikes. */
final class Load implements AutoCloseable {
  private static final long LONGEST_SUBMITTING_SECONDS = 180;
  private static final Duration ANSWERING = Duration.ofSeconds(4);
  private static final int LONGEST_PAUSE_MILLIS = 16;

  /**
   * How agents behave.
   *
   * @param copies how often each of their requests is sent
   * @param clockOffBySeconds how wrong their clocks are, every second one the other way
   * @param crowd whether all are at the same replica, and come to the next one together
   */
  record Manner(int copies, long clockOffBySeconds, boolean crowd) {
    static final Manner USUAL = new Manner(1, 0, false);
  }

  private record Wanting(String plan, int jobs) {}

  private static final List<Wanting> TENANTS =
      List.of(
          new Wanting("free", 40),
          new Wanting("starter", 80),
          new Wanting("starter", 80),
          new Wanting("pro", 100));

  private final Ground ground;
  private final Manner manner;
  private final Random random;
  private final Seen seen = new Seen();
  private final List<UUID> tenants = new ArrayList<>();
  private final List<Agent> agents = new ArrayList<>();
  private final List<Future<?>> submitting = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Load(Ground ground, Manner manner, Random random) {
    this.ground = ground;
    this.manner = manner;
    this.random = random;
  }

  /** Begins, with tenants whose names nobody had before. */
  static Load start(Ground ground, Manner manner, String name, long seed) {
    Load load = new Load(ground, manner, new Random(seed));
    Api operator = ground.replicas().getFirst().operator();
    for (int i = 0; i < TENANTS.size(); i++) {
      load.submit(operator, name + "-" + i, TENANTS.get(i), i);
    }
    for (int i = 0; i < ground.agents().size(); i++) {
      load.agents.add(load.born(i));
    }
    return load;
  }

  private Agent born(int number) {
    Ground.Enrolled enrolled = ground.agents().get(number);
    long off = number % 2 == 0 ? manner.clockOffBySeconds() : -manner.clockOffBySeconds();
    int beat = ground.size().leaseSeconds() / 3;
    List<String> servers = beginningWith(manner.crowd() ? 0 : number);
    Agent agent =
        new Agent(
            new Agent.Identity(
                enrolled.id(),
                new Caller(servers, enrolled.key(), manner.copies(), ANSWERING.plusSeconds(beat)),
                enrolled.slots(),
                beat,
                !manner.crowd(),
                off,
                manner.crowd() ? Pauses.Range.AS_SHIPPED : Pauses.Range.SHORT),
            seen,
            new Random(random.nextLong()));
    agent.start();
    return agent;
  }

  private void submit(Api operator, String slug, Wanting wanting, int first) {
    JsonNode tenant =
        operator.post(
            "/api/v1/admin/tenants",
            "{\"slug\": \"%1$s\", \"name\": \"%1$s\", \"plan\": \"%2$s\"}"
                .formatted(slug, wanting.plan()));
    UUID id = UUID.fromString(tenant.path("id").asString());
    tenants.add(id);
    Caller caller = new Caller(beginningWith(first), userToken(operator, slug), 1, ANSWERING);
    Customer customer = new Customer(id, caller, seen, new Random(random.nextLong()));
    submitting.add(
        threads.submit(() -> {
          customer.submit(wanting.jobs(), LONGEST_PAUSE_MILLIS);
          return null;
        }));
  }

  private List<String> beginningWith(int replica) {
    List<String> urls = new ArrayList<>(ground.urls());
    Collections.rotate(urls, -replica);
    return urls;
  }

  private static String userToken(Api operator, String slug) {
    String user =
        operator
            .post(
                "/api/v1/admin/users",
                "{\"name\": \"submits\", \"role\": \"member\", \"tenant_slug\": \"%s\"}"
                    .formatted(slug))
            .path("id")
            .asString();
    return operator
        .post("/api/v1/admin/users/" + user + "/tokens", "{\"description\": \"f\"}")
        .path("raw_token")
        .asString();
  }

  /** An agent drops everything. */
  void kill(int agent) {
    agents.get(agent).die();
  }

  /** It comes back, and knows nothing of what it did. */
  void revive(int agent) {
    agents.set(agent, born(agent));
  }

  int agentCount() {
    return agents.size();
  }

  /** Waits until all jobs have been promised. */
  void awaitSubmitted() throws Exception {
    for (Future<?> each : submitting) {
      try {
        each.get(LONGEST_SUBMITTING_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException unanswered) {
        throw new UnexpectedException("waited for all jobs to be promised");
      } catch (ExecutionException failure) {
        throw new IllegalStateException("a customer gave up", failure.getCause());
      }
    }
  }

  List<UUID> tenants() {
    return tenants;
  }

  Seen seen() {
    return seen;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    agents.forEach(Agent::die);
  }
}
