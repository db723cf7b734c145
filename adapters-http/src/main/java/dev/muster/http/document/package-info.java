/**
 * Pieces of answers that several slices of the HTTP API share: how an agent is written, how a new
 * token is answered. What agents say and are told, whichever way, is in {@code
 * dev.muster.wire.document}.
 */
@NullMarked
package dev.muster.http.document;

import org.jspecify.annotations.NullMarked;
