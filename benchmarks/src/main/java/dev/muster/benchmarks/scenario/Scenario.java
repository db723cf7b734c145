package dev.muster.benchmarks.scenario;

/** Something to measure. */
public interface Scenario {
  /** Measures, and notes figures. */
  void measure(Run run) throws Exception;
}
