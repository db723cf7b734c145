/** Releases of the agent, for operators and for agents. */
@NullMarked
package dev.muster.ports.in.update;

import org.jspecify.annotations.NullMarked;
