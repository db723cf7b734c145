package dev.muster.wire.caller;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a request. */
public interface Headers {
  /** All values of a header in their order, empty when it is absent. */
  List<String> all(String name);

  /** The value of a header that stands there exactly once, else null. */
  default @Nullable String single(String name) {
    var values = all(name);
    return values.size() == 1 ? values.getFirst() : null;
  }
}
