/** Releases of the agent over HTTP: for operators, and for the agents that are offered them. */
@NullMarked
package dev.muster.http.update;

import org.jspecify.annotations.NullMarked;
