package dev.muster.grpc;

import dev.muster.grpc.AgentMethods.Unary;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Gate;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.LeasedJobTokens;
import dev.muster.wire.CannotListen;
import dev.muster.wire.access.Doorman;
import dev.muster.wire.fleet.HeartbeatCalls;
import dev.muster.wire.scheduling.ReportCalls;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** gRPC for agents, on a port of its own. Thread-safe; started once and stopped once. */
public final class GrpcServer implements AutoCloseable {
  private final GrpcSettings settings;
  private final Collaborators collaborators;
  private final Deadlines deadlines = new Deadlines();
  private final WorkHandler work;
  private final Transport transport;
  private final Server server;
  private volatile long stopBy;

  /**
   * What the server asks of others.
   *
   * @param access lets callers through
   * @param gate asks of them what is asked besides a credential
   * @param dispatch gives jobs
   * @param tokens makes the tokens of jobs
   * @param declarations takes what agents say of themselves
   * @param heartbeats takes signs of life
   * @param reports takes what has become of jobs
   * @param endWaits has waiting claims answered, once the server stops
   */
  public record Collaborators(
      Access access,
      Gate gate,
      JobDispatch dispatch,
      LeasedJobTokens tokens,
      Declarations declarations,
      HeartbeatCalls heartbeats,
      ReportCalls reports,
      Runnable endWaits) {}

  private GrpcServer(GrpcSettings settings, Collaborators collaborators) {
    this.settings = settings;
    this.collaborators = collaborators;
    Desk desk =
        Desk.of(
            Visitor.Reader.behind(settings.proxies()),
            new Doorman(collaborators.access(), collaborators.gate()),
            deadlines);
    this.work =
        new WorkHandler(
            desk,
            new WorkHandler.Ports(
                collaborators.dispatch(), collaborators.tokens(), collaborators.declarations()),
            settings.limits().message());
    this.transport = new Transport(settings);
    this.server =
        transport
            .builder()
            .decompressorRegistry(
                DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
            .addService(service(desk))
            .build();
  }

  /**
   * Starts a server.
   *
   * @throws CannotListen when the port cannot be had
   */
  public static GrpcServer start(GrpcSettings settings, Collaborators collaborators) {
    var server = new GrpcServer(settings, collaborators);
    try {
      server.server.start();
    } catch (IOException e) {
      server.cutOff();
      throw CannotListen.on(settings.host(), settings.port(), e);
    }
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Begins to stop: takes nothing new, and says so on every connection. */
  public synchronized void beginStop() {
    if (!server.isShutdown()) {
      stopBy = System.nanoTime() + settings.limits().stop().toNanos();
      server.shutdown();
      work.stop();
    }
  }

  /**
   * Stops: waiting claims answered and their streams ended, running calls finished or, when they
   * take too long, cut off.
   */
  @Override
  public void close() {
    beginStop();
    collaborators.endWaits().run();
    try {
      server.awaitTermination(stopBy - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cutOff();
  }

  private void cutOff() {
    server.shutdownNow();
    deadlines.close();
    transport.close();
  }

  private ServerServiceDefinition service(Desk desk) {
    var service =
        ServerServiceDefinition.builder(AgentMethods.SERVICE)
            .addMethod(
                AgentMethods.descriptor(
                    WorkHandler.NAME, MethodType.BIDI_STREAMING, AgentMethods.USUAL_BYTES),
                new Door(WorkHandler.NAME, AgentMethods.CLAIM, desk, work));
    for (Unary method : AgentMethods.of(collaborators.heartbeats(), collaborators.reports())) {
      var answering = new UnaryHandler(method, desk, settings.limits().message());
      service.addMethod(
          method.descriptor(), new Door(method.name(), method.needed(), desk, answering));
    }
    return service.build();
  }
}
