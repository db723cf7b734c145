package dev.muster.agent.connector.exec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A program that jobs may run, and how.
 *
 * @param name what payloads call it
 * @param environment names and values, in which places may stand
 * @param passed variables that are taken over from the agent
 * @param limits how much and how long
 * @param exitCodes which mean that it was done, and which that another attempt may do it
 * @param result what to read its findings from; empty when the output is all there is
 */
record Tool(
    String name,
    CommandTemplate command,
    Map<String, ParameterRule> parameters,
    Map<String, SecretInlet> secrets,
    Map<String, String> environment,
    List<String> passed,
    Limits limits,
    ExitCodes exitCodes,
    Optional<ResultFormat> result) {

  /**
   * How much and how long.
   *
   * @param outputBytes kept of each of its two outputs
   */
  record Limits(Duration time, int outputBytes) {}

  /** What exit codes mean; all others are failures for good. */
  record ExitCodes(Set<Integer> success, Set<Integer> retry) {}
}
