package dev.muster.tracing.fake;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as it was sent.
 *
 * @param service the program that it is of
 * @param parentId empty for the first of a trace
 * @param kind 1 internal, 2 server, 5 consumer
 * @param attributes its own
 * @param resource those of its program
 * @param failed whether it says so
 */
public record Exported(
    String service,
    String name,
    String traceId,
    String spanId,
    String parentId,
    int kind,
    Duration took,
    Map<String, String> attributes,
    Map<String, String> resource,
    boolean failed) {

  static List<Exported> in(byte[] request) {
    return new Protobuf(request)
        .messages(1).stream()
            .flatMap(program -> {
              Map<String, String> resource = attributes(program.messages(1).getFirst(), 1);
              return program.messages(2).stream()
                  .flatMap(scope -> scope.messages(2).stream())
                  .map(span -> of(span, resource));
            })
            .toList();
  }

  private static Exported of(Protobuf span, Map<String, String> resource) {
    HexFormat hex = HexFormat.of();
    boolean failed = span.has(15) && span.messages(15).getFirst().number(3) == 2;
    return new Exported(
        resource.getOrDefault("service.name", ""),
        span.text(5),
        hex.formatHex(span.bytes(1)),
        hex.formatHex(span.bytes(2)),
        hex.formatHex(span.bytes(4)),
        (int) span.number(6),
        Duration.ofNanos(span.number(8) - span.number(7)),
        attributes(span, 9),
        resource,
        failed);
  }

  private static Map<String, String> attributes(Protobuf of, int field) {
    Map<String, String> attributes = new TreeMap<>();
    for (Protobuf entry : of.messages(field)) {
      Protobuf value = entry.messages(2).getFirst();
      attributes.put(entry.text(1), value.has(1) ? value.text(1) : String.valueOf(value.number(3)));
    }
    return attributes;
  }
}
