/**
 * The system under test as its users make it: a server process over its PostgreSQL, tenants that
 * submit, and agents that take, all made over the API; and what the processes cost, read from
 * {@code /proc}.
 */
@NullMarked
package dev.muster.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
