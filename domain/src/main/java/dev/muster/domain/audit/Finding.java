package dev.muster.domain.audit;

import dev.muster.domain.tenancy.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place at which an audit log is not what was sealed.
 *
 * @param seq the link, or 0 where the place has none
 * @param entry the entry, or null where none can be named
 */
public record Finding(TenantId tenant, Kind kind, long seq, @Nullable UUID entry) {
  /** What is wrong there. */
  public enum Kind {
    /** The entry, its link, or the order of the two is another than was sealed. */
    CHANGED("the entry or its link was changed, or is not in its place"),
    /** The link is there and its entry is not. */
    ENTRY_MISSING("the entry was removed"),
    /** Links are missing before this one. */
    GAP("links are missing before this one"),
    /** The chain ends before its head. */
    CUT("the log ends here, before its signed head"),
    /** The chain goes on behind its head. */
    BEYOND_HEAD("links follow behind the signed head"),
    /** The chain ends in another hash than its head. */
    REWRITTEN("the chain does not end in the signed hash"),
    /** There are links, or entries that must have some, and no head. */
    NO_HEAD("the tenant's signed head is missing"),
    /** The signature of the head is not ours. */
    HEAD_FORGED("the head's signature is wrong"),
    /** The head is signed with a master key that was not given. */
    HEAD_UNCHECKED("the head was signed with a master key that is not known here"),
    /** The sealer found the chain broken and went on from here. */
    BROKEN("the sealer found the chain changed and went on from here"),
    /** An entry without a link that is older than those that have one. */
    NOT_SEALED("the entry has no link: it was added past the sealer, or its link was removed"),
    /** An exported head names another hash at this place. */
    NOT_AS_EXPORTED("an exported head has another hash here: the log was rewritten before it"),
    /** An exported head reaches further than the log does. */
    CUT_AFTER_EXPORT("the log ends before a head that was exported"),
    /** The signature of an exported head is not ours. */
    EXPORT_FORGED("an exported head's signature is wrong");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    /** In a sentence. */
    public String meaning() {
      return meaning;
    }
  }
}
