package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Gate;

/**
 * A gate.
 *
 * @param reduce name of the first convolution
 * @param expand name of the second
 * @param reduction by what channels are divided
 * @param of whose channels
 * @param multipleOf what the quotient is rounded to a multiple of
 * @param activation what follows the first convolution
 * @param function what follows the second
 * @param squeeze name of the average; empty for one that is made of the first convolution's
 * @param reshape name of Keras's layer after it; empty for Keras's numbers
 * @param multiply name of the multiplication; as squeeze
 */
public record GateSpec(
    String reduce,
    String expand,
    int reduction,
    Gate.Of of,
    int multipleOf,
    Activation activation,
    Activation function,
    String squeeze,
    String reshape,
    String multiply) {
  /**
   * Returns the number of channels between the convolutions.
   *
   * @param blockIn channels of the block's input
   * @param channels channels of the unit
   */
  public int reduced(int blockIn, int channels) {
    int quotient = (of == Gate.Of.UNIT ? channels : blockIn) / reduction;
    int rounded = Math.max(multipleOf, (quotient + multipleOf / 2) / multipleOf * multipleOf);
    return rounded < 0.9 * quotient ? rounded + multipleOf : rounded;
  }
}
