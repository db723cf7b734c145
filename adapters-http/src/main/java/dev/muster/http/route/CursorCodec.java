package dev.muster.http.route;

import dev.muster.ports.paging.Cursor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The opaque form of cursors on the wire. */
public final class CursorCodec {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + Long.BYTES + 2 * Long.BYTES;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{34}");
  private static final long MICROS = 1_000_000L;
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * MICROS;

  private CursorCodec() {}

  /** The opaque form, to the microsecond; null stays null. */
  public static @Nullable String encode(@Nullable Cursor cursor) {
    if (cursor == null) {
      return null;
    }
    long seconds = Math.multiplyExact(cursor.at().getEpochSecond(), MICROS);
    var id = cursor.id();
    var bytes = ByteBuffer.allocate(BYTES).put(VERSION);
    bytes.putLong(seconds + cursor.at().getNano() / 1_000);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads the opaque form.
   *
   * @throws IllegalArgumentException when this server cannot have written it
   */
  public static Cursor decode(String text) {
    if (!FORM.matcher(text).matches()) {
      throw unknown();
    }
    var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    byte version = bytes.get();
    long micros = bytes.getLong();
    if (version != VERSION || micros < 0 || micros > LAST) {
      throw unknown();
    }
    Cursor cursor = new Cursor(instant(micros), new UUID(bytes.getLong(), bytes.getLong()));
    // The last character has bits to spare.
    if (!text.equals(encode(cursor))) {
      throw unknown();
    }
    return cursor;
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1_000);
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("is not a cursor of this server");
  }
}
