package dev.lanewise.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What a benchmark did, besides how often: with nanoseconds as the time unit, {@code flops} is
 * shown in GFLOP/s and {@code bytes} in GB/s.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Work {
  /** Floating point operations done; a multiply and an add count as two. */
  public long flops;

  /** Bytes read and written. */
  public long bytes;

  /** Made by JMH. */
  public Work() {}
}
