package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Credentials that are taken back or replaced while they are used at three servers. */
class RevocationIT {
  private static final int SERVERS = 3;
  private static final int CALLERS = 24;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static Cluster cluster;
  private static Operator operator;

  @AutoClose private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  static void start_three_servers() throws Exception {
    cluster =
        WORKSHOP.later(
            Cluster.start(WORKSHOP, SERVERS, WORKSHOP.later(TestDatabase.open()), Map.of()));
    operator = Operator.of(cluster.server(0));
  }

  /** A use of a credential: when it began, at which server, and what came of it. */
  private record Use(long begunNanos, int server, int status) {}

  @Test
  void a_revoked_user_token_is_out_at_once_here_and_within_a_second_everywhere() throws Exception {
    Customer acme = operator.customer("revoked", "pro", "shared");
    String user =
        operator
            .api()
            .post(
                "/api/v1/admin/users",
                "{\"name\": \"busy\", \"role\": \"member\", \"tenant_slug\": \"revoked\"}")
            .expect(201)
            .path("id")
            .asString();
    JsonNode issued =
        operator.api().post("/api/v1/admin/users/" + user + "/tokens", "{}").expect(201);
    ApiClient caller = new ApiClient(acme.api().server(), issued.path("raw_token").asString());

    Queue<Use> uses =
        usedWhile(
            server -> caller.at(cluster.server(server)).get("/api/v1/platform-jobs").status(),
            () ->
                operator
                    .api()
                    .post(
                        "/api/v1/admin/tokens/" + issued.at("/token/id").asString() + "/revoke",
                        "{}")
                    .expect(200));

    assertThat(uses).extracting(Use::status).containsOnly(200, 401);
  }

  @Test
  void revoked_agent_keys_are_out_at_once_here_and_within_a_second_everywhere() throws Exception {
    SimulatedAgent agent = operator.agent("used-up", 1);

    Queue<Use> uses =
        usedWhile(
            server -> agent.at(cluster.server(server)).heartbeat().status(),
            () -> operator.api().post(of(agent, "revoke-key"), "{}").expect(200));

    assertThat(uses).extracting(Use::status).containsOnly(200, 401);
  }

  @Test
  void what_was_revoked_while_a_server_was_away_is_out_when_it_is_back() throws Exception {
    SimulatedAgent agent = operator.agent("away", 1);
    ServerProcess third = cluster.server(2);
    assertThat(agent.at(third).heartbeat().status()).isEqualTo(200);
    third.program().kill();

    operator.api().post(of(agent, "revoke-key"), "{}").expect(200);
    third.restart();

    assertThat(agent.at(third).heartbeat().status()).isEqualTo(401);
    assertThat(agent.at(cluster.server(1)).heartbeat().status()).isEqualTo(401);
  }

  @Test
  void revoking_keys_ends_the_polls_on_another_replica_within_a_second() throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      SimulatedAgent agent = operator.agent("polling-" + round, 1).at(cluster.server(2));
      CompletableFuture<ApiClient.Answer> poll = agent.poll(1, 30);
      Await.forSure(Duration.ofMillis(300));
      long revoked = System.nanoTime();
      operator.api().post(of(agent, "revoke-key"), "{}").expect(200);

      ApiClient.Answer answer = poll.get(30, TimeUnit.SECONDS);
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - revoked));
      assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    }
    // The median: one look of a busy machine's must not decide.
    assertThat(millis.stream().sorted().toList().get(2)).isLessThan(1000L);
  }

  @Test
  void rotations_at_once_give_keys_that_all_work_until_they_are_revoked_together()
      throws Exception {
    SimulatedAgent agent = operator.agent("rotated", 1);
    List<String> keys = new ArrayList<>(List.of(agent.api().token()));
    List<Future<JsonNode>> rotations =
        atOnce(
            20,
            number ->
                operator
                    .api()
                    .at(cluster.server(number))
                    .post(of(agent, "rotate-key"), "{}")
                    .expect(201));
    for (Future<JsonNode> rotation : rotations) {
      keys.add(rotation.get(60, TimeUnit.SECONDS).path("api_key").asString());
    }

    assertThat(keys).doesNotHaveDuplicates().hasSize(21);
    assertThat(statuses(agent, keys)).containsOnly(200);

    int live =
        operator.api().post(of(agent, "revoke-key"), "{}").expect(200).path("revoked_keys").asInt();
    assertThat(live).isEqualTo(21);
    Await.forSure(Duration.ofSeconds(1));
    assertThat(statuses(agent, keys)).containsOnly(401);
  }

  @Test
  void whatever_order_rotations_and_revocations_take_no_revoked_key_lives() throws Exception {
    SimulatedAgent agent = operator.agent("raced", 1);
    List<Future<JsonNode>> all =
        atOnce(
            20,
            number ->
                operator
                    .api()
                    .at(cluster.server(number))
                    .post(of(agent, number % 2 == 0 ? "rotate-key" : "revoke-key"), "{}")
                    .expect(number % 2 == 0 ? 201 : 200));
    List<String> keys = new ArrayList<>(List.of(agent.api().token()));
    for (Future<JsonNode> each : all) {
      String key = each.get(60, TimeUnit.SECONDS).path("api_key").asString("");
      if (!key.isEmpty()) {
        keys.add(key);
      }
    }
    Await.forSure(Duration.ofSeconds(1));

    List<JsonNode> listed =
        operator.api().get(of(agent, "keys")).expect(200).path("items").valueStream().toList();
    long live = listed.stream().filter(key -> key.path("revoked_at").isNull()).count();

    assertThat(listed).hasSize(11);
    assertThat(keys.stream().filter(key -> status(agent, key, 1) == 200).count()).isEqualTo(live);
    assertThat(status(agent, agent.api().token(), 1)).isEqualTo(401);
  }

  /** Something that a credential is used for, at one of the servers. */
  private interface Call {
    int at(int server) throws Exception;
  }

  /**
   * Uses a credential without pause at all servers, takes it away at the first of them, and demands
   * that no use succeeded that began after the answer there, or a second after it elsewhere.
   */
  private Queue<Use> usedWhile(Call call, Callable revocation) throws Exception {
    Queue<Use> uses = new ConcurrentLinkedQueue<>();
    AtomicBoolean enough = new AtomicBoolean();
    List<Future<?>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int server = i % SERVERS;
      callers.add(
          threads.submit(() -> {
            while (!enough.get()) {
              long begun = System.nanoTime();
              uses.add(new Use(begun, server, call.at(server)));
            }
            return null;
          }));
    }
    Await.until(Duration.ofSeconds(30), "the credential to be in use", () -> uses.size() > 200);
    revocation.call();
    long answered = System.nanoTime();
    int before = uses.size();
    Await.until(
        Duration.ofSeconds(60),
        "500 uses after the second",
        () -> System.nanoTime() - answered > 2 * SECOND && uses.size() > before + 500);
    enough.set(true);
    for (Future<?> caller : callers) {
      caller.get(60, TimeUnit.SECONDS);
    }
    assertThat(uses)
        .filteredOn(use -> use.status() == 200)
        .noneMatch(use -> use.begunNanos() > answered + (use.server() == 0 ? 0 : SECOND));
    assertThat(uses).filteredOn(use -> use.begunNanos() > answered + SECOND).isNotEmpty();
    return uses;
  }

  /** What takes a credential away. */
  private interface Callable {
    Object call() throws Exception;
  }

  /** Something done many times at once. */
  private interface Numbered<T> {
    T with(int number) throws Exception;
  }

  private <T> List<Future<T>> atOnce(int times, Numbered<T> work) {
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<T>> all =
        IntStream.range(0, times)
            .mapToObj(number ->
                threads.submit(() -> {
                  gate.await();
                  return work.with(number);
                }))
            .toList();
    gate.countDown();
    return all;
  }

  private static List<Integer> statuses(SimulatedAgent agent, List<String> keys) {
    return IntStream.range(0, keys.size())
        .mapToObj(number -> status(agent, keys.get(number), number))
        .toList();
  }

  private static int status(SimulatedAgent agent, String key, int server) {
    try {
      ApiClient api = new ApiClient(cluster.server(server).url(), key);
      return new SimulatedAgent(agent.id(), api).heartbeat().status();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static String of(SimulatedAgent agent, String rest) {
    return "/api/v1/admin/platform-agents/" + agent.id() + "/" + rest;
  }
}
