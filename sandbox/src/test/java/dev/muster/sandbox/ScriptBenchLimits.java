package dev.muster.sandbox;

import java.time.Duration;

/** The usual limits but one. */
final class ScriptBenchLimits {
  private ScriptBenchLimits() {}

  static ScriptLimits time(Duration time) {
    return ScriptBench.LIMITS.within(time);
  }

  static ScriptLimits cpu(Duration cpu) {
    ScriptLimits usual = ScriptBench.LIMITS;
    return new ScriptLimits(
        usual.heapMebibytes(),
        usual.time(),
        cpu,
        usual.startBytes(),
        usual.messageBytes(),
        usual.resultBytes(),
        usual.logBytes(),
        usual.calls());
  }
}
