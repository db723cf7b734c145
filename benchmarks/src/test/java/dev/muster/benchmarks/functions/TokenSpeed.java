package dev.muster.benchmarks.functions;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every request pays for its credential, apart from looking it up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenSpeed {
  private final Secret presented = Secret.of("mst_agent_" + "x".repeat(43));
  private final TokenHash stored = TokenHash.of(Secret.of("mst_agent_" + "x".repeat(43)));

  /** Hashes what was presented, and compares. */
  @Benchmark
  public boolean check() {
    return TokenHash.of(presented).equals(stored);
  }
}
