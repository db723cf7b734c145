package dev.muster.agent.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.domain.update.SignedOffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Muster server as an agent sees it. Keeps what it is sent, grants the jobs that a test gives it,
 * and misbehaves as it is told, once for each time.
 */
public final class FakeServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<String> certificates = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Answer>> next = new HashMap<>();
  private final Map<String, Answer> always = new HashMap<>();
  private final Deque<ObjectNode> queue = new ArrayDeque<>();
  private final Map<String, List<ObjectNode>> granted = new HashMap<>();
  private final Map<String, Integer> polls = new HashMap<>();
  private final List<ObjectNode> control = new ArrayList<>();
  private final List<String> cancel = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private String registration = "{}";
  private JsonNode offer = JSON.nullNode();
  private byte[] artifact = new byte[0];

  /** Starts it on a free port of loopback. */
  public FakeServer() throws IOException {
    this(InetAddress.getByName("127.0.0.1"));
  }

  /** Starts it on a free port of that address of this host. */
  public FakeServer(InetAddress address) throws IOException {
    this(HttpServer.create(new InetSocketAddress(address, 0), 0));
  }

  /** Starts it with TLS. */
  public FakeServer(HttpsConfigurator tls) throws IOException {
    this(withTls(tls));
  }

  private FakeServer(HttpServer http) {
    this.http = http;
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  private static HttpServer withTls(HttpsConfigurator tls) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    HttpsServer https = HttpsServer.create(any, 0);
    https.setHttpsConfigurator(tls);
    return https;
  }

  public URI url() {
    InetAddress address = http.getAddress().getAddress();
    return address instanceof Inet6Address ? urlOf("http", "[::1]") : urlOf("http", "127.0.0.1");
  }

  /** The same under another name. */
  public URI urlOf(String scheme, String host) {
    return URI.create(scheme + "://" + host + ":" + http.getAddress().getPort());
  }

  /** Does this with the next call of that kind. */
  public synchronized void next(String call, Answer answer) {
    next.computeIfAbsent(call, each -> new ArrayDeque<>()).add(answer);
  }

  /** Does this with every call of that kind; {@link Answer.Usual} ends it. */
  public synchronized void always(String call, Answer answer) {
    always.put(call, answer);
  }

  /** Puts a job with a payload into the queue. */
  public synchronized void submit(String id, String payload) {
    submit(id, 1, 60);
    queue.getLast().set("payload", JSON.readTree(payload));
  }

  /** Puts a job into the queue that belongs to a trace, or to what claims to be one. */
  public synchronized void submitIn(String trace, String id) {
    submit(id, 1, 60);
    queue.getLast().put("traceparent", trace);
  }

  /** Puts a job into the queue. */
  public synchronized void submit(String id, int attempt, int timeoutSeconds) {
    ObjectNode job = JSON.createObjectNode();
    job.put("id", id).put("attempt", attempt);
    job.put("tenant_id", "018f0000-0000-7000-8000-00000000000a").put("tenant_slug", "acme");
    job.put("type", "scan").put("priority", "normal");
    job.put("run_timeout_seconds", timeoutSeconds);
    job.putObject("payload").put("tool", "nmap");
    queue.add(job);
    notifyAll();
  }

  /** Sends a control message with the next claim's answer. */
  public synchronized void control(String json) {
    control.add((ObjectNode) JSON.readTree(json));
    notifyAll();
  }

  /** Has the next heartbeat's answer name a job to be cancelled. */
  public synchronized void cancelByHeartbeat(String id) {
    cancel.add(id);
  }

  /** Has the next heartbeat's answer name a job that is lost. */
  public synchronized void loseByHeartbeat(String id) {
    lost.add(id);
  }

  /** What every registration is answered with. */
  public synchronized void registration(String json) {
    registration = json;
  }

  /** Offers a release to whoever asks from now on; null offers nothing. */
  public synchronized void offer(@Nullable SignedOffer offered, byte[] bytes) {
    artifact = bytes;
    if (offered == null) {
      offer = JSON.nullNode();
      return;
    }
    offer =
        JSON.createObjectNode()
            .put("text", offered.text())
            .put("signature", offered.signature())
            .put("publisher_signature", offered.publisherSignature())
            .put("artifact", "//elsewhere.example.com/artifact");
  }

  /** All calls of one kind so far. */
  public List<Seen> seen(String call) {
    return seen.stream().filter(each -> each.call().equals(call)).toList();
  }

  /** Whose certificates it was shown, call by call. */
  public List<String> certificates() {
    return certificates;
  }

  /** Waits for a call of that kind that is as described, now or before. */
  public Seen awaitCall(String call, Predicate<JsonNode> described) {
    Awaiting.until(
        "a call of " + call,
        () -> seen(call).stream().anyMatch(each -> described.test(each.body())));
    return seen(call).stream()
        .filter(each -> described.test(each.body()))
        .findFirst()
        .orElseThrow();
  }

  /** Waits for a report of that job with that status. */
  public Seen awaitStatus(String job, String status) {
    Predicate<Seen> wanted =
        each -> each.path().contains(job) && each.body().path("status").asString("").equals(status);
    Awaiting.until(job + " " + status, () -> seen("status").stream().anyMatch(wanted));
    return seen("status").stream().filter(wanted).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String call = path.substring(path.lastIndexOf('/') + 1);
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode json =
          JSON.readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
      if (exchange instanceof HttpsExchange https) {
        noteCertificate(https);
      }
      seen.add(new Seen(call, path, exchange.getRequestHeaders(), json));
      perform(exchange, call, json);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void noteCertificate(HttpsExchange exchange) {
    try {
      certificates.add(exchange.getSSLSession().getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException none) {
      // Nobody asked for one.
    }
  }

  private void perform(HttpExchange exchange, String call, JsonNode body)
      throws IOException, InterruptedException {
    switch (planned(call)) {
      case Answer.Sent sent -> send(exchange, sent);
      case Answer.HangUp(boolean afterDoing) -> {
        if (afterDoing) {
          usual(call, body);
        }
        hangUp(exchange);
      }
      case Answer.Cut(var after) -> {
        if (!closed.await(after.toMillis(), TimeUnit.MILLISECONDS)) {
          hangUp(exchange);
        }
      }
      case Answer.Silence() -> closed.await();
      case Answer.Usual() -> {
        if (call.equals("artifact")) {
          send(exchange, 200, "application/octet-stream", artifact());
        } else {
          send(
              exchange,
              new Answer.Sent(200, "application/json", usual(call, body).toString(), Map.of()));
        }
      }
    }
  }

  private synchronized Answer planned(String call) {
    Deque<Answer> planned = next.getOrDefault(call, new ArrayDeque<>());
    return planned.isEmpty() ? always.getOrDefault(call, new Answer.Usual()) : planned.poll();
  }

  private synchronized JsonNode usual(String call, JsonNode body) throws InterruptedException {
    return switch (call) {
      case "claim" -> claim(body);
      case "heartbeat" -> heartbeat();
      case "register", "register-local" -> JSON.readTree(registration);
      case "update" -> JSON.createObjectNode().set("offer", offer);
      case "status" ->
          JSON.createObjectNode()
              .put("status", body.path("status").asString(""))
              .put("attempt", body.path("attempt").asInt())
              .put("cancel_requested", false);
      case "logs" -> JSON.createObjectNode().put("accepted", body.path("lines").size());
      default -> JSON.createObjectNode();
    };
  }

  private JsonNode heartbeat() {
    ObjectNode answer = JSON.createObjectNode().put("status", "ok");
    ArrayNode cancelled = answer.putArray("cancel");
    cancel.forEach(cancelled::add);
    cancel.clear();
    ArrayNode gone = answer.putArray("lost");
    lost.forEach(gone::add);
    lost.clear();
    return answer.put("next_heartbeat_seconds", 1);
  }

  private JsonNode claim(JsonNode body) throws InterruptedException {
    String claimId = body.path("claim_id").asString();
    int most = body.path("max_jobs").asInt();
    long until = System.nanoTime() + body.path("wait_seconds").asInt() * 1_000_000_000L;
    int mine = polls.merge(claimId, 1, Integer::sum);
    notifyAll();
    while (polls.get(claimId) == mine
        && !granted.containsKey(claimId)
        && (most == 0 || queue.isEmpty())
        && control.isEmpty()
        && System.nanoTime() < until) {
      wait(20);
    }
    if (polls.get(claimId) != mine) {
      return JSON.createObjectNode().putArray("jobs");
    }
    List<ObjectNode> jobs = granted.computeIfAbsent(claimId, each -> new ArrayList<>());
    while (jobs.size() < most && !queue.isEmpty()) {
      jobs.add(queue.poll());
    }
    if (jobs.isEmpty()) {
      granted.remove(claimId);
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.putNull("job");
    ArrayNode array = answer.putArray("jobs");
    for (ObjectNode job : jobs) {
      array.add(
          body.path("job_tokens").asBoolean(false)
              ? job.deepCopy().put("auth_token", "mst_job_" + job.path("id").asString())
              : job);
    }
    answer.put("no_job_available", jobs.isEmpty());
    ArrayNode messages = answer.putArray("control");
    control.forEach(messages::add);
    control.clear();
    return answer;
  }

  private static void send(HttpExchange exchange, Answer.Sent sent) throws IOException {
    sent.headers().forEach(exchange.getResponseHeaders()::set);
    send(exchange, sent.status(), sent.type(), sent.body().getBytes(StandardCharsets.UTF_8));
  }

  private synchronized byte[] artifact() {
    return artifact;
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Promises more than it sends, so that the client sees the connection end early. */
  private static void hangUp(HttpExchange exchange) {
    try {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    exchange.close();
  }
}
