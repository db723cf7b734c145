package dev.muster.benchmarks.floor;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * The server's HTTP stack without the server: answers with the body of the request. A process of
 * its own, as the server is.
 */
public final class EchoServer {
  private EchoServer() {}

  /**
   * Serves until it is stopped.
   *
   * @param arguments {@code jetty} or {@code javalin}, and the port
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    if (arguments[0].equals("jetty")) {
      Server server = new Server(port);
      server.setHandler(new Echo());
      server.start();
    } else {
      Javalin.create(
              config -> {
                config.startup.showJavalinBanner = false;
                config.concurrency.useVirtualThreads = true;
                config.http.compressionStrategy = CompressionStrategy.NONE;
                config.routes.post("/{any}", context -> context.result(context.bodyAsBytes()));
              })
          .start("127.0.0.1", port);
    }
  }

  private static final class Echo extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.copy(request, response, callback);
      return true;
    }
  }
}
