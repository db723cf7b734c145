/**
 * A very small HTTP/1.1 client over kept-alive connections: one thread, any number of connections,
 * one request at a time on each. The driver shares two cores with what it measures, so it does
 * nothing that it need not: requests are bytes made beforehand, answers are looked at where they
 * lie.
 *
 * <p>It understands what the servers measured here send (a length or chunks, no trailers) and fails
 * loudly at everything else. A connection that ends in the middle of an answer ends the run.
 */
@NullMarked
package dev.muster.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
