package dev.lanewise.processor.plan;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import java.util.List;

/**
 * The way through a stem or a block: units, what is added to the last, and a pooling.
 *
 * @param pre the normalisation of the input; null for none
 * @param units the units, in order
 * @param shortcut NONE, IDENTITY or PROJECTION
 * @param projection the unit on the shortcut; null where there is none
 * @param subsamples whether the identity takes a stride
 * @param activation what follows the last unit and the addition
 * @param pool the pooling at the end
 * @param inputGradient whether the backward pass goes on below
 */
record ConvPath(
    NormPlan pre,
    List<UnitPlan> units,
    Shortcut shortcut,
    UnitPlan projection,
    boolean subsamples,
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
    if (unit > 0) {
      return units.get(unit - 1).a();
    }
    return pre == null ? "xIn" : pre.a();
  }

  /** Returns the tensor under what the convolution of a unit reads. */
  String sourceTensor(int unit) {
    return unit == 0 ? "x" : units.get(unit - 1).y();
  }

  /** Returns whether the path ends in a pass that joins normalisations. */
  boolean joins() {
    return last().normalized() && !pools();
  }

  /** Returns whether the last convolution writes the output, rather than a tensor of its own. */
  boolean writesOut() {
    return !last().normalized() && !pools();
  }

  /** Returns whether the shortcut is made where the output will stand, before the sum is. */
  boolean shortcutStandsInOut() {
    return subsamples || projects(false);
  }

  /** Returns the operand that reads the gradient of what a convolution writes. */
  String outputGradient(UnitPlan unit) {
    boolean atTheEnd = unit.equals(projection) || unit.equals(last());
    return !unit.normalized() && atTheEnd && !pools() ? "dOutIn" : unit.dy();
  }

  /** Returns the gradient of the normalisation of a unit. */
  String gradient(UnitPlan unit) {
    boolean atTheJoin = unit.equals(projection) || unit.equals(last());
    return atTheJoin && !pools() ? "dOut" : unit.dz();
  }
}
