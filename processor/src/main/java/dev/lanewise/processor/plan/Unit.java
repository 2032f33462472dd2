package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.GateSpec;
import dev.lanewise.processor.spec.StageNumbers;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Window;

/**
 * A unit with all its numbers.
 *
 * @param name the unit's own name
 * @param normName what the normalisation is called after
 * @param activationName what the activation is called after
 * @param window the convolution's window
 * @param ic channels of the input
 * @param oc channels of the output
 * @param groups number of groups of the channels
 * @param bias whether the convolution has a bias
 * @param normalized whether a normalisation follows
 * @param activation what follows the normalisation
 * @param gate what the result is multiplied by; null for nothing
 * @param gateChannels channels between the gate's convolutions
 */
public record Unit(
    String name,
    String normName,
    String activationName,
    Window window,
    int ic,
    int oc,
    int groups,
    boolean bias,
    boolean normalized,
    Activation activation,
    GateSpec gate,
    int gateChannels) {
  /** Returns the number of its layers: convolution, normalisation, activation. */
  int layers() {
    return 1 + (normalized ? 1 : 0) + (activation == Activation.NONE ? 0 : 1);
  }

  /**
   * Returns a unit where it stands in a network.
   *
   * @param spec the unit as it is declared
   * @param blockIn channels of the block's input; of the images in the stem
   * @param ic channels of its input
   * @param stage the stage's numbers
   * @param stride the block's stride, which the unit takes where it says so
   */
  static Unit of(UnitSpec spec, int blockIn, int ic, StageNumbers stage, int stride) {
    int oc = spec.filters(stage, blockIn, ic);
    return new Unit(
        spec.name(),
        spec.normName(),
        spec.activationName(),
        spec.window(stage, stride),
        ic,
        oc,
        spec.groups(ic),
        spec.bias(),
        spec.normalized(),
        spec.activation(),
        spec.gate(),
        spec.gate() == null ? 0 : spec.gate().reduced(blockIn, oc));
  }

  /** Returns this unit where the channels of its input are given to its class. */
  Unit ofAnyInput() {
    return groups > 1
        ? this
        : new Unit(
            name,
            normName,
            activationName,
            window,
            0,
            oc,
            groups,
            bias,
            normalized,
            activation,
            gate,
            gateChannels);
  }

  /** Returns whether each channel of the input is a group of its own. */
  public boolean depthwise() {
    return groups > 1 && groups == ic;
  }

  /**
   * Returns a 1x1 convolution of a gate, with a bias and no normalisation. What it calls its
   * activation differs from its own name, as a pattern may make whole names of both.
   */
  static Unit ofGate(String name, int ic, int oc, Activation activation) {
    Window point = Window.valid(1, 1, 1, 1);
    return new Unit(
        name, name, name + "_activation", point, ic, oc, 1, true, false, activation, null, 0);
  }

  /** Returns this unit with another activation. */
  Unit with(Activation other) {
    return new Unit(
        name,
        normName,
        activationName,
        window,
        ic,
        oc,
        groups,
        bias,
        normalized,
        other,
        gate,
        gateChannels);
  }
}
