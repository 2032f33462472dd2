package dev.lanewise.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Images that a benchmark took through: with seconds as the time unit, in images/s. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Images {
  /** Images done. */
  public long images;

  /** Made by JMH. */
  public Images() {}
}
