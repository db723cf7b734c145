package dev.muster.inline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request that a script asks for, once it is known to be allowed. Redirects are not followed. */
final class HttpCall {
  private static final Set<String> KEYS = Set.of("method", "url", "headers", "body");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "expect",
          "te",
          "trailer",
          "keep-alive",
          "accept-encoding",
          "proxy-authorization",
          "proxy-connection");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4096}");
  private static final int LONGEST_URL = 8_192;
  private static final int MOST_HEADERS = 64;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AllowedServer server;
  private final List<AllowedServer> allowed;
  private final String method;
  private final byte[] request;

  private HttpCall(
      AllowedServer server, List<AllowedServer> allowed, String method, byte[] request) {
    this.server = server;
    this.allowed = allowed;
    this.method = method;
    this.request = request;
  }

  /** The call. */
  static HttpCall of(JsonNode argument, List<AllowedServer> allowed) throws CallRefusedException {
    if (!(argument instanceof ObjectNode asked) || !KEYS.containsAll(asked.propertyNames())) {
      throw CallRefusedException.invalid("http() takes an object of " + KEYS);
    }
    URI url = url(asked.path("url").asString(""));
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    String host = bare(url.getHost().toLowerCase(Locale.ROOT));
    int port = url.getPort() < 0 ? AllowedServer.usualPort(scheme) : url.getPort();
    AllowedServer server = new AllowedServer(scheme, host, port);
    if (!allowed.contains(server)) {
      throw CallRefusedException.notAllowedHere("the server may not send requests to that server");
    }
    String method = asked.path("method").asString("GET");
    if (!METHODS.contains(method)) {
      throw CallRefusedException.invalid("method must be one of " + METHODS);
    }
    return new HttpCall(server, allowed, method, bytes(method, url, asked));
  }

  private static URI url(String text) throws CallRefusedException {
    try {
      URI url = new URI(text);
      boolean isPlain =
          text.length() <= LONGEST_URL
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && ("https".equalsIgnoreCase(url.getScheme())
                  || "http".equalsIgnoreCase(url.getScheme()));
      if (isPlain) {
        return url;
      }
    } catch (URISyntaxException notOne) {
      // Refused with all others that are not plain.
    }
    throw CallRefusedException.invalid(
        "url must begin with https:// or http://, and have a host and no user before it");
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static byte[] bytes(String method, URI url, ObjectNode asked)
      throws CallRefusedException {
    JsonNode body = asked.path("body");
    byte[] content = body.isMissingNode() || body.isNull() ? new byte[0] : content(body);
    Map<String, String> headers = headers(asked.path("headers"));
    if (content.length > 0 && !body.isString()) {
      headers.putIfAbsent("content-type", "application/json");
    }
    headers.put("host", url.getRawAuthority());
    headers.put("connection", "close");
    headers.put("accept-encoding", "identity");
    if (content.length > 0 || !method.equals("GET") && !method.equals("HEAD")) {
      headers.put("content-length", Integer.toString(content.length));
    }
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    StringBuilder head = new StringBuilder(method + " " + path + query + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (!head.chars().allMatch(c -> c < 0x80)) {
      throw CallRefusedException.invalid("url must be ASCII; encode what is not");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.append("\r\n").toString().getBytes(US_ASCII));
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] content(JsonNode body) {
    return (body.isString() ? body.stringValue() : JSON.writeValueAsString(body)).getBytes(UTF_8);
  }

  private static Map<String, String> headers(JsonNode asked) throws CallRefusedException {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!asked.isMissingNode() && !asked.isObject() || asked.size() > MOST_HEADERS) {
      throw CallRefusedException.invalid("headers must be an object of at most " + MOST_HEADERS);
    }
    for (Map.Entry<String, JsonNode> header : asked.properties()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      String value = header.getValue().asString("");
      if (!NAME.matcher(name).matches() || OURS.contains(name) || !VALUE.matcher(value).matches()) {
        throw CallRefusedException.invalid("that header cannot be set: " + Storable.text(name));
      }
      headers.put(name, value);
    }
    return headers;
  }

  /**
   * The answer, as the agent's {@code http} gives it.
   *
   * @param deadline when the script's time is up, by {@link System#nanoTime()}
   */
  JsonNode send(long deadline) throws CallRefusedException, InterruptedException {
    try (HttpWire wire = new HttpWire(deadline)) {
      return wire.exchange(server, address(wire.lookUp(server.host())), method, request);
    } catch (SSLException e) {
      throw CallRefusedException.untrusted("no trusted connection: " + e.getMessage());
    } catch (UnknownHostException e) {
      throw CallRefusedException.unreachable("that server is not known by its name");
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      throw CallRefusedException.unreachable(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** The one that is then connected to: asked again, the name could lead elsewhere. */
  private InetAddress address(InetAddress[] all) throws CallRefusedException {
    for (InetAddress address : all) {
      if (PublicAddress.is(address) || isListed(address)) {
        return address;
      }
    }
    throw CallRefusedException.notAllowedHere(
        "that name leads to an address that is not of the internet");
  }

  private boolean isListed(InetAddress address) {
    return allowed.stream()
        .filter(each -> each.port() == server.port())
        .anyMatch(each -> each.isAddress(address));
  }
}
