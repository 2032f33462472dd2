package dev.lanewise.processor.spec;

import java.util.List;

/**
 * What comes before the stages.
 *
 * @param units the units, in order
 * @param pool the pooling that follows
 */
public record StemSpec(List<UnitSpec> units, PoolSpec pool) {
  /** Copies the list. */
  public StemSpec {
    units = List.copyOf(units);
  }
}
