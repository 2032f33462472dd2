package dev.lanewise.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Memory traffic of a benchmark: with nanoseconds as the time unit, in GB/s. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Bytes {
  /** Bytes that must be read and written. */
  public long bytes;

  /** Made by JMH. */
  public Bytes() {}
}
