package dev.muster.grpc;

import dev.muster.wire.scheduling.ReportCalls;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** HTTP/2 with everything about it bounded, and the threads that it runs on. */
final class Transport implements AutoCloseable {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int WINDOW_BYTES = 64 * 1024;

  /** An agent needs a handful. What is begun and never ended is gone with its connection. */
  private static final int CALLS_OF_A_CONNECTION = 100;

  /** More than there may be calls: whoever gives all of them up at once is no attacker. */
  private static final int RESETS = 200;

  private static final int RESET_SECONDS = 10;
  private static final int HANDSHAKE_SECONDS = 15;
  private static final int LEAST_PING_SECONDS = 5;
  private static final int PING_PATIENCE_SECONDS = 20;
  private static final String NO_UNSAFE = "io.netty.noUnsafe";

  /** Told of every oversized or broken frame of a stranger's, each with a stack trace. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.SEVERE);
    // Memory is taken by the ways that Java will keep; it warns of the others on standard error.
    if (System.getProperty(NO_UNSAFE) == null) {
      System.setProperty(NO_UNSAFE, "true");
    }
  }

  private final GrpcSettings settings;
  private final EventLoopGroup accepting =
      new NioEventLoopGroup(1, new DefaultThreadFactory("grpc-accept", true));
  private final EventLoopGroup moving =
      new NioEventLoopGroup(
          Math.min(4, Runtime.getRuntime().availableProcessors()),
          new DefaultThreadFactory("grpc-move", true));
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

  Transport(GrpcSettings settings) {
    this.settings = settings;
  }

  NettyServerBuilder builder() {
    var limits = settings.limits();
    return NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
        .channelFactory(() -> channel(limits.connections()))
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(moving)
        .executor(calls)
        .initialFlowControlWindow(WINDOW_BYTES)
        .maxInboundMessageSize(ReportCalls.BATCH_BYTES + AgentMethods.USUAL_BYTES)
        .maxInboundMetadataSize(MAX_HEADER_BYTES)
        .maxConcurrentCallsPerConnection(CALLS_OF_A_CONNECTION)
        .maxRstFramesPerWindow(RESETS, RESET_SECONDS)
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .maxConnectionAge(limits.age().most().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionAgeGrace(limits.age().parting().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionIdle(limits.idle().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTime(limits.ping().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(PING_PATIENCE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(LEAST_PING_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private static ServerChannel channel(int connections) {
    return new BoundedChannel(connections);
  }

  @Override
  public void close() {
    var _ = accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    moving.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    calls.shutdown();
  }

  /** Closes at once what comes when there are as many connections as there may be. */
  private static final class BoundedChannel extends NioServerSocketChannel {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    BoundedChannel(int most) {
      this.most = most;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int read = super.doReadMessages(accepted);
      for (int i = accepted.size() - 1; i >= before; i--) {
        var connection = (Channel) accepted.get(i);
        if (open.incrementAndGet() > most) {
          open.decrementAndGet();
          accepted.remove(i);
          connection.unsafe().closeForcibly();
        } else {
          connection.closeFuture().addListener(closed -> open.decrementAndGet());
        }
      }
      return Math.min(read, accepted.size() - before);
    }
  }
}
