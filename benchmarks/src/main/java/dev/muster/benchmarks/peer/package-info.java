/**
 * Other queues on the same PostgreSQL, as programs of their own below {@code benchmarks/peers}, in
 * process and without HTTP, tenants or rules. They are built when they are measured; what cannot be
 * built or run is left out, and the run says so.
 */
@NullMarked
package dev.muster.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
