package dev.muster.http;

import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The API's document and a page that renders it.
 *
 * <p>Everything the page needs comes from this server, and its policy forbids it to ask anybody
 * else.
 */
final class DocsRoutes {
  private static final String WHY = "the document says nothing that is secret";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private DocsRoutes() {}

  static List<Route> routes() {
    var renderer = "/META-INF/resources/webjars/swagger-ui/" + rendererVersion() + "/";
    return List.of(
        file("/openapi.yaml", "application/yaml", "/openapi.yaml"),
        file("/docs", "text/html;charset=utf-8", "/docs/index.html"),
        file("/docs/start.js", "text/javascript;charset=utf-8", "/docs/start.js"),
        file(
            "/docs/renderer.js",
            "text/javascript;charset=utf-8",
            renderer + "swagger-ui-bundle.js"),
        file("/docs/renderer.css", "text/css;charset=utf-8", renderer + "swagger-ui.css"));
  }

  private static Route file(String path, String mediaType, String resource) {
    var headers = Map.of("Cache-Control", "max-age=3600", "Content-Security-Policy", POLICY);
    var answer = new Answer.Content(200, headers, mediaType, read(resource));
    return Route.open(Method.GET, path, WHY, request -> answer);
  }

  private static String rendererVersion() {
    var properties = new Properties();
    try (var in = DocsRoutes.class.getResourceAsStream("/docs/renderer.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static byte[] read(String resource) {
    try (var in = DocsRoutes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
