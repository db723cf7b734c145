/**
 * JSON as strangers send it, read with suspicion, and JSON as we send it.
 *
 * <p>{@link StrictJson} turns bytes into a tree or refuses: bytes that are not UTF-8 or not JSON
 * are malformed (400); duplicate keys, deep nesting, monstrous numbers, NUL characters and lone
 * surrogates are JSON but invalid (422, with a pointer). {@link Fields} then reads a tree by a
 * {@link Shape} and collects every problem before it refuses, so that a caller repairs a request
 * once. Nothing here is bound to objects by reflection: what is read and written is written out.
 */
@NullMarked
package dev.muster.wire.json;

import org.jspecify.annotations.NullMarked;
