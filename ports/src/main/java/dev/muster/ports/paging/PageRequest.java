package dev.muster.ports.paging;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list.
 *
 * @param limit how many items, 1 to {@value #MOST}
 * @param after the last item of the page before, or null for the first page
 */
public record PageRequest(int limit, @Nullable Cursor after) {
  /** The most items in one page. */
  public static final int MOST = 200;

  /** How many items a page has where nobody says. */
  public static final int USUAL = 50;

  /** Checks the limit. */
  public PageRequest {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("a page has 1 to " + MOST + " items");
    }
  }

  /** The first page, of the usual size. */
  public static PageRequest first() {
    return new PageRequest(USUAL, null);
  }
}
