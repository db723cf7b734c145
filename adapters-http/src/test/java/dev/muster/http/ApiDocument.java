package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The OpenAPI document, made to judge real answers.
 *
 * <p>A client must ignore fields that it does not know; here every field of an answer must be
 * documented, so objects are closed before they are used.
 */
public final class ApiDocument {
  private static final ApiDocument THE_ONE = new ApiDocument(load());
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  private final ObjectNode root;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private ApiDocument(ObjectNode root) {
    this.root = root;
    close(root.at("/components/schemas"));
    close(root.path("paths"));
  }

  /** The document that the server serves. */
  public static ApiDocument get() {
    return THE_ONE;
  }

  /** Every operation by {@code METHOD /path}. */
  Map<String, JsonNode> operations() {
    var operations = new TreeMap<String, JsonNode>();
    for (var path : root.path("paths").properties()) {
      var item = resolve(path.getValue());
      for (var method : METHODS) {
        if (item.has(method)) {
          operations.put(method.toUpperCase(Locale.ROOT) + " " + path.getKey(), item.get(method));
        }
      }
    }
    return operations;
  }

  /** Whether a path is only another name for one that is described elsewhere. */
  boolean isAlias(String operation) {
    return root.path("paths").path(operation.substring(operation.indexOf(' ') + 1)).has("$ref");
  }

  JsonNode root() {
    return root;
  }

  /** Follows a reference within the document, as often as needed. */
  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? resolve(root.at(node.get("$ref").stringValue().substring(1))) : node;
  }

  /**
   * Fails unless an answer is as documented.
   *
   * @param operation {@code METHOD /path} as documented
   */
  public void judge(String operation, int status, String mediaType, byte[] body) {
    var documented = operations().get(operation);
    assertThat(documented).as("%s is documented", operation).isNotNull();
    var responses = documented.path("responses");
    var response =
        responses.has("" + status) ? responses.get("" + status) : responses.path("default");
    var content = resolve(response).path("content");
    if (content.isMissingNode()) {
      assertThat(body).as("%s %s has no body", operation, status).isEmpty();
      return;
    }
    assertThat(content.has(mediaType)).as("%s %s is %s", operation, status, mediaType).isTrue();
    var schema = content.path(mediaType).path("schema");
    if (mediaType.endsWith("/json") || mediaType.endsWith("+json")) {
      var errors = schema(operation + status, schema).validate(JsonMapper.shared().readTree(body));
      assertThat(errors).as("%s %s: %s", operation, status, new String(body)).isEmpty();
    }
  }

  private Schema schema(String name, JsonNode schema) {
    return schemas.computeIfAbsent(
        name,
        n -> {
          var whole = schema.deepCopy().asObject();
          whole.set("components", root.get("components"));
          return registry.getSchema(whole);
        });
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(ApiDocument::close);
  }

  private static ObjectNode load() {
    try (var in = ApiDocument.class.getResourceAsStream("/openapi.yaml")) {
      return YAMLMapper.builder().build().readTree(in.readAllBytes()).asObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
