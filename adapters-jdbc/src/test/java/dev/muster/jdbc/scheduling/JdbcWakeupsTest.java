package dev.muster.jdbc.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.in.scheduling.Wakeable;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcWakeupsTest {
  private static final String JOBS = "jobs";
  private static final AgentId AGENT = new AgentId(new UUID(7, 1));
  private static final int PATIENCE_SECONDS = 30;

  private static TestDatabase database;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger forgotten = new AtomicInteger();
  private JdbcWakeups wakeups;
  private JdbcWakeupListener listener;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void listen() throws InterruptedException {
    wakeups = new JdbcWakeups(database.transactions(), new JdbcReplica());
    listener =
        JdbcWakeupListener.start(
            database.database(), new JdbcReplica(), new Recorder(heard, forgotten));
    assertThat(next()).as("everyone is woken when listening begins").isEqualTo(JOBS);
  }

  @AfterEach
  void close() {
    listener.close();
  }

  @Test
  void a_signal_is_heard_when_its_transaction_commits() throws InterruptedException {
    database
        .transactions()
        .acrossTenants(() -> {
          wakeups.agentConcerned(AGENT);
          // Goes out at once, in a transaction of its own, and so before the outer one's.
          signalFromAnotherThread();
          return null;
        });

    assertThat(next()).isEqualTo(JOBS);
    assertThat(next()).isEqualTo("agent " + AGENT);
  }

  @Test
  void a_signal_of_a_transaction_that_is_undone_is_never_heard() throws InterruptedException {
    assertThatThrownBy(() ->
            database
                .transactions()
                .acrossTenants(() -> {
                  wakeups.agentConcerned(AGENT);
                  throw new IllegalStateException("undo");
                }))
        .hasMessage("undo");
    wakeups.jobsMayWait();

    assertThat(next()).isEqualTo(JOBS);
  }

  @Test
  void this_replica_is_woken_directly_and_not_again_by_its_own_signal()
      throws InterruptedException {
    BlockingQueue<String> here = new LinkedBlockingQueue<>();
    JdbcReplica replica = new JdbcReplica();
    JdbcWakeups own = new JdbcWakeups(database.transactions(), replica);
    own.wake(new Recorder(here, forgotten));
    try (JdbcWakeupListener same =
        JdbcWakeupListener.start(database.database(), replica, new Recorder(here, forgotten))) {
      assertThat(here.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(JOBS);

      own.agentConcerned(AGENT);
      wakeups.jobsMayWait();

      assertThat(here.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("agent " + AGENT);
      assertThat(here.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(JOBS);
    }
    assertThat(next()).as("others hear of it").isEqualTo("agent " + AGENT);
  }

  @Test
  void who_is_alone_signals_nobody() throws InterruptedException {
    JdbcReplica replica = new JdbcReplica();
    replica.counted(1);
    new JdbcWakeups(database.transactions(), replica).agentConcerned(AGENT);
    wakeups.jobsMayWait();

    assertThat(next()).isEqualTo(JOBS);
  }

  @Test
  void what_cannot_be_understood_or_passed_on_does_not_end_listening() throws InterruptedException {
    notifyRaw("something new");
    notifyRaw(new UUID(1, 1) + " agent not-an-id");
    notifyRaw(new UUID(1, 1) + " agent");
    wakeups.agentConcerned(Recorder.FAILING);
    wakeups.jobsMayWait();

    assertThat(next()).isEqualTo(JOBS);
  }

  @Test
  void after_its_connection_broke_it_listens_again_and_wakes_everyone()
      throws InterruptedException {
    endListeningSessions();

    assertThat(next()).isEqualTo(JOBS);
    wakeups.agentConcerned(AGENT);
    assertThat(next()).isEqualTo("agent " + AGENT);
  }

  @Test
  void after_its_connection_broke_nothing_that_is_known_of_credentials_is_trusted()
      throws InterruptedException {
    int before = forgotten.get();

    endListeningSessions();

    assertThat(next()).isEqualTo(JOBS);
    assertThat(forgotten.get()).isEqualTo(before + 1);
  }

  @Test
  void a_closed_listener_gives_its_connection_up() throws InterruptedException {
    listener.close();
    listener.close();

    // The server notices a moment after the connection is gone.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (listeningSessions() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(listeningSessions()).isZero();
  }

  private String next() throws InterruptedException {
    return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void signalFromAnotherThread() {
    Thread other = Thread.ofVirtual().start(() -> wakeups.jobsMayWait());
    try {
      other.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static void notifyRaw(String payload) {
    database
        .asSuperuser()
        .useHandle(handle -> handle.execute("SELECT pg_notify('muster', ?)", payload));
  }

  private static final String LISTENING =
      "FROM pg_stat_activity WHERE datname = current_database()"
          + " AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')";

  private static void endListeningSessions() {
    database
        .asSuperuser()
        .useHandle(handle -> handle.execute("SELECT pg_terminate_backend(pid) " + LISTENING));
  }

  private static int listeningSessions() {
    return database
        .asSuperuser()
        .withHandle(handle ->
            handle.createQuery("SELECT count(*) " + LISTENING).mapTo(Integer.class).one());
  }

  private record Recorder(BlockingQueue<String> heard, AtomicInteger forgotten)
      implements Wakeable {
    static final AgentId FAILING = new AgentId(new UUID(7, 2));

    @Override
    public void jobsArrived(TenantStanding after, List<QueuedJob> jobs) {
      heard.add("arrived");
    }

    @Override
    public void standingChanged(TenantStanding after) {
      heard.add("changed");
    }

    @Override
    public void jobsMayWait() {
      heard.add(JOBS);
    }

    @Override
    public void agentConcerned(AgentId agent) {
      if (agent.equals(FAILING)) {
        throw new IllegalStateException("as wanted by the test");
      }
      heard.add("agent " + agent);
    }

    @Override
    public void credentialsChanged() {
      forgotten.incrementAndGet();
    }
  }
}
