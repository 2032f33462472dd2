package dev.lanewise.spec;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Squeeze and excitation (Hu, Shen and Sun, "Squeeze-and-Excitation Networks", CVPR 2018): a unit's
 * activated map is multiplied, image by image and channel by channel, by what two 1x1 convolutions
 * with biases make of the map's average.
 */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Gate {
  /** {@return the name of the convolution that reduces the channels, as {@link ConvBn#name}} */
  String reduce();

  /** {@return the name of the convolution that brings them back, as {@link ConvBn#name}} */
  String expand();

  /** {@return by what the channels are divided} */
  int reduction() default 4;

  /** {@return whose channels are divided} */
  Of of() default Of.UNIT;

  /**
   * Rounds the reduced number of channels to a multiple of this, at least to this itself, and not
   * by more than a tenth downwards (as MobileNet's {@code make_divisible}).
   *
   * @return the divisor of the reduced number; 1 for the quotient rounded down
   */
  int multipleOf() default 1;

  /** {@return what follows the first convolution} */
  Activation activation() default Activation.RELU;

  /** {@return what follows the second, and makes the values to multiply by} */
  Activation function() default Activation.SIGMOID;

  /**
   * {@return the name of the average, as {@link ConvBn#name}; by default made of the reduction's}
   */
  String squeeze() default "";

  /**
   * {@return the name of the layer by which Keras makes a map of one pixel of the average; by
   * default Keras's numbers}
   */
  String reshape() default "";

  /** {@return the name of the multiplication; by default made of the reduction's} */
  String multiply() default "";

  /** Whose channels are divided. */
  enum Of {
    /** The unit's own. */
    UNIT,
    /** Those of the block's input. */
    BLOCK_INPUT
  }
}
