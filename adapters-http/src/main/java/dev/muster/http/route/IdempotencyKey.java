package dev.muster.http.route;

import dev.muster.wire.caller.Headers;
import dev.muster.wire.json.InvalidFields;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header by which a caller may repeat a creating request safely. */
public final class IdempotencyKey {
  /** The header. */
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private IdempotencyKey() {}

  /**
   * The key, or null when there is none.
   *
   * @throws InvalidFields when it is malformed or stands there twice: to ignore it would do the
   *     work twice
   */
  public static @Nullable String from(Headers headers) {
    var values = headers.all(HEADER);
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1 || !FORM.matcher(values.getFirst()).matches()) {
      throw InvalidFields.at(
          HEADER + ":", "must be one value of 1 to 255 visible ASCII characters");
    }
    return values.getFirst();
  }
}
