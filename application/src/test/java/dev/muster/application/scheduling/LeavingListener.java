package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.out.scheduling.AgentNews;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** News for an agent whose connection dies just while its poll has its turn and there are some. */
final class LeavingListener implements AgentNews {
  private final AgentNews news;
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile @Nullable Future<?> poll;
  private volatile @Nullable DispatchService replica;

  LeavingListener(AgentNews news) {
    this.news = news;
  }

  void leave(Future<?> waiting, DispatchService where) {
    replica = where;
    poll = waiting;
  }

  void awaitLeft() throws InterruptedException {
    left.await();
  }

  @Override
  public Map<AgentId, News> of(Collection<AgentId> agents, Instant now) {
    Map<AgentId, News> found = news.of(agents, now);
    boolean hasNews = found.values().stream().anyMatch(its -> !its.isEmpty());
    if (hasNews && poll instanceof Future<?> waiting && replica instanceof DispatchService where) {
      poll = null;
      waiting.cancel(true);
      while (where.parkedPolls() > 0) {
        Thread.onSpinWait();
      }
      left.countDown();
    }
    return found;
  }

  @Override
  public Set<AgentId> concerned(Instant now) {
    return news.concerned(now);
  }

  @Override
  public void told(AgentId agent, News its) {
    news.told(agent, its);
  }
}
