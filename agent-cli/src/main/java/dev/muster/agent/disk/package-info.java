/**
 * Files of the agent's own: written whole or not at all, and what is wrong with a disk, by name.
 *
 * <p>Failure modes: a write that fails leaves what was there, and nothing of its own: a full disk
 * is not made fuller.
 */
@NullMarked
package dev.muster.agent.disk;

import org.jspecify.annotations.NullMarked;
