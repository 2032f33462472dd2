package dev.lanewise.processor.plan;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import java.util.List;

/**
 * The way through a stem or a block: units, what is added to the last, and a pooling.
 *
 * @param units the units, in order
 * @param shortcut NONE, IDENTITY or PROJECTION
 * @param projection the unit on the shortcut; null where there is none
 * @param activation what follows the last unit and the addition
 * @param pool the pooling at the end
 * @param inputGradient whether the backward pass goes on below
 */
record ConvPath(
    List<UnitPlan> units,
    Shortcut shortcut,
    UnitPlan projection,
    Activation activation,
    Pool.Kind pool,
    boolean inputGradient) {
  UnitPlan last() {
    return units.get(units.size() - 1);
  }

  boolean pools() {
    return pool != Pool.Kind.NONE;
  }

  /** Returns whether the shortcut is a projection, with a normalisation or without. */
  boolean projects(boolean normalized) {
    return projection != null && projection.normalized() == normalized;
  }

  /** Returns what the convolution of a unit reads. */
  String source(int unit) {
    return unit == 0 ? "xIn" : units.get(unit - 1).a();
  }

  /** Returns the gradient of the normalisation of a unit. */
  String gradient(UnitPlan unit) {
    boolean atTheJoin = unit.equals(projection) || unit.equals(last());
    return atTheJoin && !pools() ? "dOut" : unit.dz();
  }
}
