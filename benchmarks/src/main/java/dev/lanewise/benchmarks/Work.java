package dev.lanewise.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What a benchmark did, besides how often. With nanoseconds as the time unit, {@code flops} is
 * shown in GFLOP/s and {@code bytes} in GB/s; with seconds, {@code images} is in images/s. A
 * counter that stays 0 means nothing for its benchmark.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Work {
  /** Floating point operations done; a multiply and an add count as two. */
  public long flops;

  /** Bytes read and written. */
  public long bytes;

  /** Images taken through. */
  public long images;

  /** Made by JMH. */
  public Work() {}
}
