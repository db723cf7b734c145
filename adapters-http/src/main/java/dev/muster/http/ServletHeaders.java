package dev.muster.http;

import dev.muster.wire.caller.Headers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/** The headers of a servlet request. */
record ServletHeaders(HttpServletRequest request) implements Headers {
  @Override
  public List<String> all(String name) {
    return Collections.list(request.getHeaders(name));
  }
}
