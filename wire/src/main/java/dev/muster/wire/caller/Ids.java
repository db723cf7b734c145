package dev.muster.wire.caller;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads ids where they stand in paths and headers. */
public final class Ids {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  /** The id, or null for what is none; the JDK would take {@code 1-1-1-1-1}. */
  public static @Nullable UUID parse(@Nullable String text) {
    return text != null && FORM.matcher(text).matches() ? UUID.fromString(text) : null;
  }
}
