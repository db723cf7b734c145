package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes what a search finds, until the limits are reached. Not safe for threads. */
final class SearchCollector implements SearchResultListener {
  private static final long serialVersionUID = 1L;
  private static final int MOST_REFERRALS = 100;

  private final transient ConcealedAttributes concealed;
  private final int mostEntries;
  private final int mostBytes;
  private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode referrals = JsonNodeFactory.instance.arrayNode();
  private long bytes;
  private String cut = "";

  /** Ends a search in its middle; what it was thrown through is not used any more. */
  static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  SearchCollector(ConcealedAttributes concealed, int mostEntries, int mostBytes) {
    this.concealed = concealed;
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  @Override
  public void searchEntryReturned(SearchResultEntry entry) {
    if (entries.size() >= mostEntries) {
      cutShort("entries");
      throw new FullException();
    }
    EntryJson json = EntryJson.of(entry, concealed);
    count(json.bytes());
    entries.add(json.node());
  }

  @Override
  public void searchReferenceReturned(SearchResultReference reference) {
    for (String url : reference.getReferralURLs()) {
      count(url.length());
      if (referrals.size() < MOST_REFERRALS) {
        referrals.add(url);
      }
    }
  }

  int count() {
    return entries.size();
  }

  void cutShort(String limit) {
    cut = limit;
  }

  ObjectNode result() {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("count", entries.size());
    result.put("truncated", !cut.isEmpty());
    if (!cut.isEmpty()) {
      result.put("truncated_by", cut);
    }
    result.set("entries", entries);
    if (!referrals.isEmpty()) {
      result.set("referrals", referrals);
    }
    return result;
  }

  // An empty entry is not free either, or a server could send them without end.
  private void count(long more) {
    bytes += more + 16;
    if (bytes > mostBytes) {
      cutShort("bytes");
      throw new FullException();
    }
  }
}
