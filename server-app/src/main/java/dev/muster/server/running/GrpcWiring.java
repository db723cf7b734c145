package dev.muster.server.running;

import dev.muster.grpc.GrpcServer;
import dev.muster.grpc.GrpcSettings;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Gate;
import dev.muster.server.configuration.HttpSettings;
import dev.muster.wire.caller.Proxies;
import dev.muster.wire.fleet.HeartbeatCalls;
import dev.muster.wire.scheduling.ReportCalls;

/** gRPC for agents, in front of the same services as HTTP. */
final class GrpcWiring {
  private GrpcWiring() {}

  /**
   * Starts it.
   *
   * @param endWaits has waiting claims answered, once the server stops
   */
  static GrpcServer start(
      int port,
      HttpSettings settings,
      Proxies proxies,
      Access access,
      Gate gate,
      Wiring wiring,
      WorkPorts work,
      Runnable endWaits) {
    var declarations = wiring.joining().declarations();
    return GrpcServer.start(
        new GrpcSettings(
            settings.host(), port, proxies, GrpcSettings.Limits.usual(settings.maxConnections())),
        new GrpcServer.Collaborators(
            access,
            gate,
            work.dispatch(),
            wiring.leasedJobTokens(),
            declarations,
            new HeartbeatCalls(wiring.presence(), declarations, wiring.renewal()),
            new ReportCalls(work.reporting()),
            endWaits));
  }
}
