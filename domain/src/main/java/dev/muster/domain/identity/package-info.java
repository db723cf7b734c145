/**
 * How ids are made, and how constants are named outside the code.
 *
 * <p>Ids are UUIDs of version 7: they sort by the time they were made, so that new rows land at the
 * end of an index. Time and randomness are given in; nothing here can fail but on wrong lengths.
 */
@NullMarked
package dev.muster.domain.identity;

import org.jspecify.annotations.NullMarked;
