package dev.muster.http.route;

import dev.muster.wire.caller.Headers;
import dev.muster.wire.caller.Ids;
import dev.muster.wire.caller.Origin;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Rejection;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as a handler sees it. For one thread.
 *
 * @param origin where it comes from
 * @param headers its headers
 * @param watch tells an answer that takes long when to end
 * @param target the address as it was sent
 * @param places what stands in the named places of the path
 * @param parameters the query parameters, each known to the route, as strings
 * @param body not yet read
 */
public record Request(
    Origin origin,
    Headers headers,
    Watch watch,
    Target target,
    Map<String, String> places,
    ObjectNode parameters,
    Body body) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /**
   * The address of a request, as it was sent.
   *
   * @param query null without a question mark
   */
  public record Target(String path, @Nullable String query) {
    /** Both in one, as they stand in the first line of a request. */
    public String asSent() {
      return query == null ? path : path + "?" + query;
    }
  }

  /** An id in the path; what is not an id is an id of nothing. */
  public UUID id(String place) {
    var id = Ids.parse(place(place));
    if (id == null) {
      throw Rejection.notFound();
    }
    return id;
  }

  /** A positive number in the path; what is none is a number of nothing. */
  public long number(String place) {
    var text = place(place);
    if (!NUMBER.matcher(text).matches()) {
      throw Rejection.notFound();
    }
    return Long.parseLong(text);
  }

  /** A name in the path, such as a tenant's slug; what cannot be a name names nothing. */
  public String name(String place) {
    var text = place(place);
    if (!NAME.matcher(text).matches()) {
      throw Rejection.notFound();
    }
    return text;
  }

  /** Reads the body by a shape. */
  public <T> T read(Shape<T> shape) {
    return Fields.read(body.json(), shape);
  }

  /** Reads the body by a shape; an absent body counts as an empty object. */
  public <T> T readIfAny(Shape<T> shape) {
    return Fields.read(body.jsonOrEmpty(), shape);
  }

  /** Refuses a body with anything in it. */
  public void readNothing() {
    readIfAny(fields -> () -> "nothing");
  }

  /** Reads the query parameters by a shape. */
  public <T> T query(Shape<T> shape) {
    return Fields.readQuery(parameters, shape);
  }

  private String place(String name) {
    var text = places.get(name);
    if (text == null) {
      throw new IllegalStateException("the path has no place " + name);
    }
    return text;
  }
}
