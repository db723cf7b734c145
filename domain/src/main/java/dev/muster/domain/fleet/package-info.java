/**
 * Agents: what they can do, whether they may work, and whether they are there.
 *
 * <p>An agent is {@code enabled} or {@code disabled} by people, may be draining (finishes what it
 * has, takes nothing new), and is online within one lease of its last authenticated call.
 */
@NullMarked
package dev.muster.domain.fleet;

import org.jspecify.annotations.NullMarked;
