package dev.muster.domain.credential;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that all others are derived from: one current, which seals, and any number of older
 * ones, which still open. Immutable; shows none of them.
 */
public final class MasterKeys {
  /** How many bytes a master key has. */
  public static final int KEY_BYTES = 32;

  /** The id of a key that was given without one. */
  public static final long DEFAULT_ID = 1;

  private static final long LARGEST_ID = 0xffff_ffffL;
  private static final Pattern ENTRY =
      Pattern.compile("(?:([0-9]{1,10}):)?([0-9a-fA-F]{64}|pbkdf2:.*)");

  private final Map<Long, byte[]> keys;
  private final long currentId;

  private MasterKeys(Map<Long, byte[]> keys, long currentId) {
    this.keys = Collections.unmodifiableMap(keys);
    this.currentId = currentId;
  }

  /** One key, under {@link #DEFAULT_ID}. */
  public static MasterKeys of(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a master key has " + KEY_BYTES + " bytes");
    }
    return new MasterKeys(Map.of(DEFAULT_ID, key.clone()), DEFAULT_ID);
  }

  /**
   * Reads {@code hex}, one key, or {@code id:hex,id:hex}, several, of which the first is the
   * current one. White space around the entries does not matter. Instead of hex digits there may be
   * a pass phrase, {@code pbkdf2:<salt in hex>:<phrase>}, without a comma in it; each takes about
   * half a second.
   *
   * @throws IllegalArgumentException where the form is wrong; the message says how it should be,
   *     and nothing of what was given
   */
  public static MasterKeys parse(Secret text) {
    List<String> entries = Arrays.stream(text.reveal().split(",", -1)).map(String::strip).toList();
    Map<Long, byte[]> keys = new LinkedHashMap<>();
    for (String entry : entries) {
      Matcher form = ENTRY.matcher(entry);
      if (!form.matches() || (form.group(1) == null && entries.size() > 1)) {
        throw new IllegalArgumentException(
            "a master key is 64 hex digits or pbkdf2:<salt>:<phrase>;"
                + " several are id:key,id:key, the current one first");
      }
      long id = form.group(1) == null ? DEFAULT_ID : Long.parseLong(form.group(1));
      if (id > LARGEST_ID || keys.put(id, keyOf(form.group(2))) != null) {
        throw new IllegalArgumentException(
            "the ids of master keys are different whole numbers below 4294967296");
      }
    }
    return new MasterKeys(keys, keys.keySet().iterator().next());
  }

  private static byte[] keyOf(String text) {
    return PassPhrase.isMeantBy(text) ? PassPhrase.keyOf(text) : HexFormat.of().parseHex(text);
  }

  /** Which key seals. */
  public long currentId() {
    return currentId;
  }

  /** The ids of all keys, the current one first. */
  public List<Long> ids() {
    return List.copyOf(keys.keySet());
  }

  /** A key for one use, derived from a master key; empty where there is no key of that id. */
  Optional<byte[]> derive(long id, byte[] salt, byte[] info) {
    return Optional.ofNullable(keys.get(id))
        .map(key -> HkdfSha256.derive(key, salt, info, KEY_BYTES));
  }

  @Override
  public String toString() {
    return "MasterKeys" + keys.keySet();
  }
}
