package dev.muster.grpc;

import dev.muster.wire.caller.Headers;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The metadata of a call, which are the headers of its request. */
record MetadataHeaders(Metadata metadata) implements Headers {
  @Override
  public List<String> all(String name) {
    var key = Metadata.Key.of(name.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER);
    var values = metadata.getAll(key);
    if (values == null) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    values.forEach(all::add);
    return all;
  }
}
