/**
 * How a job names a secret without holding it: {@code vault://local/<path>/<key>[/v<n>]}. The
 * server checks that a reference is well-formed, the agent alone resolves it.
 *
 * <p>Failure mode: a text that begins like a reference and is none is refused as malformed, never
 * taken for ordinary text, so that a typing mistake cannot reach a target.
 */
@NullMarked
package dev.muster.domain.vault;

import org.jspecify.annotations.NullMarked;
