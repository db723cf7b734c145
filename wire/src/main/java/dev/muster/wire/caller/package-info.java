/**
 * Who is calling, from where, and under which request id: all that headers tell.
 *
 * <p>Nothing here decides whether a credential is valid. Headers are strangers' text: what does not
 * have the right form counts as absent, except a credential, which then is refused like a wrong
 * one.
 */
@NullMarked
package dev.muster.wire.caller;

import org.jspecify.annotations.NullMarked;
