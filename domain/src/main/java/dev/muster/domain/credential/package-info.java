/**
 * Secrets that Muster issues: how they look, how they are checked, hashed and sealed.
 *
 * <p>Tokens are stored as hashes only; keys that Muster must use again (a MAC key cannot be a hash)
 * are sealed under the master key. A value whose checksum, hash or seal does not fit opens nothing.
 */
@NullMarked
package dev.muster.domain.credential;

import org.jspecify.annotations.NullMarked;
