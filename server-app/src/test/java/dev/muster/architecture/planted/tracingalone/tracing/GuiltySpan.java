package dev.muster.architecture.planted.tracingalone.tracing;

import dev.muster.architecture.planted.tracingalone.server.Server;

public final class GuiltySpan {
  Server server;
}
