package dev.muster.http.route;

import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** How lists are asked for and answered. */
public final class Paging {
  /** The query parameter for the number of entries. */
  public static final String LIMIT = "limit";

  /** The query parameter for where to go on. */
  public static final String CURSOR = "cursor";

  /** A query with nothing but paging. */
  public static final Shape<PageRequest> SHAPE = Paging::of;

  private static final int MAX_CURSOR = 100;

  private Paging() {}

  /** Declares both parameters, beside others that a list may have. */
  public static Supplier<PageRequest> of(Fields query) {
    var limit = query.optional(LIMIT, Kinds.digits(1, PageRequest.MOST));
    var cursor = query.optional(CURSOR, Kinds.text(1, MAX_CURSOR).as(CursorCodec::decode));
    return () -> new PageRequest(limit.or(PageRequest.USUAL), cursor.orNull());
  }

  /** A page as it is answered. */
  public static <T> Answer.Json answer(Page<T> page, Function<? super T, ObjectNode> json) {
    var body = Json.object();
    var items = body.putArray("items");
    page.items().forEach(item -> items.add(json.apply(item)));
    body.put("next_cursor", CursorCodec.encode(page.next()));
    return Answer.ok(body);
  }
}
