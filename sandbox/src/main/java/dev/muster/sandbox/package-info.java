/**
 * Runs the JavaScript of strangers in a JVM of its own, one for each script.
 *
 * <p>The child has a hard limit on its heap, no environment, an empty folder, and a class path with
 * the engine alone. All that it can do is to send messages to its parent, which has network and
 * secrets and decides what becomes of a call; everything that comes from the child is judged here
 * as if somebody hostile had written it by hand.
 *
 * <p>States of a script: running, then one of: returned, threw, broke a limit ({@link
 * dev.muster.sandbox.Breach}), stopped by its owner. Whichever it is, no process is left when
 * {@link dev.muster.sandbox.RunningScript#await()} returns.
 *
 * <p>Failure modes: a child that cannot be started or ends unbidden is a breach that another try
 * may not meet. A parent that dies takes its children along, because their pipe ends.
 */
@NullMarked
package dev.muster.sandbox;

import org.jspecify.annotations.NullMarked;
