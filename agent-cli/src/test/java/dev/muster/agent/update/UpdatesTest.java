package dev.muster.agent.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.api.Credential;
import dev.muster.agent.api.Signing;
import dev.muster.agent.api.UpdateApi;
import dev.muster.agent.configuration.UpdateSettings;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.network.HttpClients;
import dev.muster.agent.network.Route;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.PublisherKey;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.Verdict.Flaw;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent makes of what a server offers and sends. */
class UpdatesTest {
  private static final byte[] OLD = "the old jar".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "the new jar, which is longer".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private FakeServer server;
  private HttpClient client;
  private Publishing publishing;
  private JarFiles files;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    client = HttpClients.make(SSLContext.getDefault(), Route.DIRECT);
    publishing = new Publishing();
    files = JarFiles.in(folder);
    Files.write(files.jar(), OLD);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void what_is_signed_for_this_agent_is_fetched_from_its_server_and_nowhere_else()
      throws Exception {
    Release release = Publishing.release(4, NEW);
    server.offer(publishing.offer(release), NEW);

    assertThat(updates().look()).isEqualTo(new Looked.Acceptable(release));
    assertThat(updates().fetch(release)).isEqualTo(new Fetched.Verified());

    assertThat(Files.readAllBytes(files.fetched())).isEqualTo(NEW);
    assertThat(server.seen("artifact").getFirst().path())
        .isEqualTo("/api/v1/platform-agent/update/4/artifact");
    assertThat(server.seen("artifact").getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer mst_agent_KEY");
  }

  @Test
  void no_offer_is_nothing_and_no_server_is_away() throws Exception {
    assertThat(updates().look()).isEqualTo(new Looked.Nothing());
    server.next("update", Answer.loginPage());
    assertThat(updates().look()).isInstanceOf(Looked.Away.class);
    server.next("update", Answer.problem(503, "not_ready"));
    assertThat(updates().look()).isInstanceOf(Looked.Away.class);
    server.next("update", Answer.problem(404, "not_found"));
    assertThat(updates().look()).isEqualTo(new Looked.Nothing());
  }

  @Test
  void a_replayed_release_one_below_the_floor_and_one_that_failed_are_refused() throws Exception {
    Files.writeString(files.stable(), new Proven(Hashes.of(files.jar()), 5, 0, null).text());
    Files.writeString(files.floor(), "8\n");
    Files.writeString(files.failed(), "9\n");

    assertThat(flawOf(Publishing.release(4, NEW))).isEqualTo(Flaw.NOT_NEWER);
    assertThat(flawOf(Publishing.release(5, NEW))).isEqualTo(Flaw.NOT_NEWER);
    assertThat(flawOf(Publishing.release(7, NEW))).isEqualTo(Flaw.BELOW_FLOOR);
    assertThat(flawOf(Publishing.release(9, NEW))).isEqualTo(Flaw.FAILED_BEFORE);
    server.offer(publishing.offer(Publishing.release(10, NEW)), NEW);
    assertThat(updates().look()).isInstanceOf(Looked.Acceptable.class);
  }

  @Test
  void an_offer_that_is_old_or_signed_with_another_key_is_refused() throws Exception {
    Release release = Publishing.release(4, NEW);
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    server.offer(publishing.offer(release, yesterday, Secret.of(Publishing.UPDATE_KEY)), NEW);
    assertThat(updates().look()).isEqualTo(new Looked.Rejected(4, Flaw.EXPIRED));

    server.offer(publishing.offer(release, Instant.now(), Secret.of("00".repeat(32))), NEW);
    assertThat(updates().look()).isEqualTo(new Looked.Rejected(4, Flaw.BAD_SIGNATURE));
  }

  @Test
  void with_a_pinned_key_the_servers_signature_is_not_enough() throws Exception {
    Release release = Publishing.release(4, NEW);
    PublisherKey pinned = PublisherKey.parse(publishing.pinned());
    Publishing hostile = new Publishing();

    server.offer(hostile.offer(release), NEW);
    assertThat(updates(pinned).look())
        .isEqualTo(new Looked.Rejected(4, Flaw.BAD_PUBLISHER_SIGNATURE));
    assertThat(updates().look()).isEqualTo(new Looked.Acceptable(release));

    server.offer(publishing.offer(release), NEW);
    assertThat(updates(pinned).look()).isEqualTo(new Looked.Acceptable(release));
  }

  @Test
  void an_artifact_of_another_length_or_content_is_refused_and_nothing_is_left() throws Exception {
    Release release = Publishing.release(4, NEW);
    for (int length : new int[] {0, 1, NEW.length - 1, NEW.length + 1, NEW.length * 10_000}) {
      server.offer(null, Arrays.copyOf(NEW, length));
      assertThat(updates().fetch(release))
          .as("%d bytes", length)
          .isEqualTo(new Fetched.Flawed("wrong_length"));
    }
    byte[] other = NEW.clone();
    other[3] ^= 1;
    server.offer(null, other);
    assertThat(updates().fetch(release)).isEqualTo(new Fetched.Flawed("wrong_hash"));

    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(files.jar());
    }
  }

  @Test
  void a_download_that_breaks_off_or_never_comes_leaves_nothing() throws Exception {
    Release release = Publishing.release(4, new byte[1000]);
    server.next("artifact", new Answer.HangUp(false));
    assertThat(updates().fetch(release)).isEqualTo(new Fetched.BrokenOff());
    server.next("artifact", new Answer.Silence());
    assertThat(updates().fetch(release)).isEqualTo(new Fetched.NotThere());
    server.next("artifact", Answer.problem(404, "not_found"));
    assertThat(updates().fetch(release)).isEqualTo(new Fetched.NotThere());

    assertThat(files.fetched()).doesNotExist();
    assertThat(files.arriving()).doesNotExist();
  }

  @Test
  void the_third_trial_without_an_answer_is_the_last() throws Exception {
    GoingBack back = new GoingBack(new Shelf(files), new DurableDisk());
    for (int trial = 1; trial <= 3; trial++) {
      Files.write(files.fetched(), NEW);
      updates().apply(Publishing.release(4, NEW));
      assertThat(Files.readAllBytes(files.jar())).isEqualTo(NEW);

      assertThat(back.unanswered(new Shelf(files).trial().orElseThrow())).isTrue();

      assertThat(Files.readAllBytes(files.jar())).isEqualTo(OLD);
      assertThat(new Shelf(files).failed().contains(4L)).isEqualTo(trial == 3);
    }
  }

  @Test
  void nobody_goes_back_below_the_floor_or_to_nothing() throws Exception {
    assertThat(updates().goBack()).isEqualTo(GoingBack.Asked.NOTHING_BEFORE);
    Files.write(files.fetched(), NEW);
    updates().apply(Publishing.release(4, NEW));
    Shelf shelf = new Shelf(files);
    new Proving(shelf, new DurableDisk()).prove(shelf.trial().orElseThrow());

    assertThat(shelf.floor()).isEqualTo(1);
    assertThat(updates().goBack()).isEqualTo(GoingBack.Asked.BELOW_FLOOR);
    Files.delete(files.floor());
    assertThat(updates().goBack()).isEqualTo(GoingBack.Asked.DONE);
    assertThat(Files.readAllBytes(files.jar())).isEqualTo(OLD);
    assertThat(shelf.failed()).containsExactly(4L);
    assertThat(updates().goBack()).isEqualTo(GoingBack.Asked.NOTHING_BEFORE);
  }

  private Flaw flawOf(Release release) throws Exception {
    server.offer(publishing.offer(release), NEW);
    return ((Looked.Rejected) updates().look()).flaw();
  }

  private Updates updates(PublisherKey... pinned) {
    UpdateApi api =
        new UpdateApi(
            client,
            server.url(),
            new Credential(Secret.of("mst_agent_KEY"), new UUID(1, 2)),
            Signing.NONE,
            Duration.ofSeconds(10),
            InstantSource.system());
    Duration second = Duration.ofSeconds(1);
    return new Updates(
        api,
        files,
        new Owner(
            new AgentId(UUID.fromString(Publishing.AGENT)),
            TenantId.SYSTEM,
            Secret.of(Publishing.UPDATE_KEY)),
        new UpdateSettings(
            true, List.of(pinned), second, Duration.ofSeconds(3), second, second, second),
        InstantSource.system());
  }
}
