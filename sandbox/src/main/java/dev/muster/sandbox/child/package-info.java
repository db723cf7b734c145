/**
 * What runs in the sandbox's own JVM: the engine, and the pipe to the parent. Knows the JDK's base
 * module and Rhino only, because nothing else is on its class path.
 *
 * <p>A child reads one message with source, config and the names of its helpers, runs the script,
 * asks its parent for whatever the script wants of the world, and ends. Nothing in it is trusted by
 * the parent: what a script could not get past here, the parent refuses once more.
 *
 * <p>Failure modes, by exit code ({@link dev.muster.sandbox.child.ExitCode}): out of memory, out of
 * time, a message that is none, a parent that is gone.
 */
@NullMarked
package dev.muster.sandbox.child;

import org.jspecify.annotations.NullMarked;
