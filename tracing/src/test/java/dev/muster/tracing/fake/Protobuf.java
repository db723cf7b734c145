package dev.muster.tracing.fake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A message of Protocol Buffers, by the numbers of its fields. */
final class Protobuf {
  private final Map<Integer, List<Object>> fields = new TreeMap<>();
  private final byte[] bytes;
  private int at;

  Protobuf(byte[] bytes) {
    this.bytes = bytes;
    while (at < bytes.length) {
      int key = (int) varint();
      fields.computeIfAbsent(key >>> 3, field -> new ArrayList<>()).add(value(key & 7));
    }
  }

  private Object value(int type) {
    return switch (type) {
      case 0 -> varint();
      case 1 -> fixed(8);
      case 2 -> {
        int length = (int) varint();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.write(bytes, at, length);
        at += length;
        yield part.toByteArray();
      }
      case 5 -> fixed(4);
      default -> throw new IllegalStateException("type " + type);
    };
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private long fixed(int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes[at++] & 0xffL) << (8 * i);
    }
    return value;
  }

  List<Protobuf> messages(int field) {
    return fields.getOrDefault(field, List.of()).stream()
        .map(value -> new Protobuf((byte[]) value))
        .toList();
  }

  byte[] bytes(int field) {
    return fields.containsKey(field) ? (byte[]) fields.get(field).getFirst() : new byte[0];
  }

  String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  long number(int field) {
    return fields.containsKey(field) ? (long) fields.get(field).getFirst() : 0;
  }

  boolean has(int field) {
    return fields.containsKey(field);
  }
}
