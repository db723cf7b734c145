/**
 * The domain's functions that run most often, measured with JMH by {@code benchmarks/run
 * functions}. Not tests: nothing here decides whether a build passes.
 */
package dev.muster.benchmarks.functions;
