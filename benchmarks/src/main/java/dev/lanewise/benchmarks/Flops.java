package dev.lanewise.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Arithmetic that a benchmark did: with nanoseconds as the time unit, in GFLOP/s. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Flops {
  /** Floating point operations done; a multiply and an add count as two. */
  public long flops;

  /** Made by JMH. */
  public Flops() {}
}
