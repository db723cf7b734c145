/**
 * Steering agents and keeping track of who is there. An agent that is locked out loses its jobs to
 * the queue; each goes back in a transaction of its own, and what a crash leaves over comes back
 * when its lease ends.
 */
@NullMarked
package dev.muster.application.fleet;

import org.jspecify.annotations.NullMarked;
