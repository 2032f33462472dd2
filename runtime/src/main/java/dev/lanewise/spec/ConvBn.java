package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A convolution, its batch normalisation (if any) and what follows: one unit. On a {@link Block}
 * the units stand in the order in which they run.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(ConvBns.class)
public @interface ConvBn {
  /**
   * The unit's own name, which the name patterns of {@link Names} complete: {@code "2a"} becomes
   * {@code res3b_branch2a}. In a stem it is the layer's whole name.
   *
   * @return the name, or the part of it
   */
  String name();

  /**
   * {@return what the name patterns complete to the normalisation's name, where it differs from the
   * {@link #name}; in a stem or a tail it is the normalisation's whole name}
   */
  String normName() default "";

  /**
   * {@return what the name patterns complete to the activation's name, where it differs from the
   * {@link #name}; in a stem or a tail it is the activation's whole name}
   */
  String activationName() default "";

  /**
   * {@return the window size in pixels: one number for a square window, {height, width}, or {@link
   * Kernel#OF_STAGE}}
   */
  int[] kernel();

  /**
   * {@return the number of filters (output channels), where it is the same wherever the unit is
   * used}
   */
  int filters() default 0;

  /** {@return the index into the stage's {@link Stage#filters}, where the stage decides} */
  int filtersAt() default -1;

  /**
   * The number of filters as a multiple of the channels of the block's input, as blocks have it
   * that widen what they read (Sandler et al., "MobileNetV2", CVPR 2018). Given instead of {@link
   * #filters} and {@link #filtersAt}.
   *
   * @return the multiple, or {@link Expansion#OF_STAGE}; 0 where the number is given otherwise
   */
  int expansion() default 0;

  /**
   * Makes the convolution depthwise: each channel of its input is a group of its own, of which so
   * many channels are made (Chollet, "Xception", CVPR 2017). Given instead of {@link #filters},
   * {@link #filtersAt}, {@link #expansion} and {@link #groups}.
   *
   * @return channels made of each channel, 1 for most networks; 0 for a convolution that is not
   *     depthwise
   */
  int depthMultiplier() default 0;

  /**
   * The number of equal groups into which the channels fall; each output reads the inputs of its
   * group alone (Xie et al., "Aggregated Residual Transformations", CVPR 2017). It divides the
   * channels of input and output.
   *
   * @return the number of groups
   */
  int groups() default 1;

  /**
   * Pixels from one place of the window to the next (Yu and Koltun, "Multi-Scale Context
   * Aggregation by Dilated Convolutions", ICLR 2016).
   *
   * @return one number, or {height, width}; 1 where the places touch
   */
  int[] dilation() default 1;

  /** {@return the stride in pixels: one number, {height, width}, or {@link Stride#OF_BLOCK}} */
  int[] stride() default 1;

  /** {@return how the border is treated} */
  Padding padding() default Padding.VALID;

  /**
   * {@return the pixels for {@link Padding#EXPLICIT}: {all}, {height, width}, {top, bottom, left,
   * right}, or {@link Pad#HALF}, which goes with {@link Kernel#OF_STAGE}, too}
   */
  int[] pad() default {};

  /**
   * {@return whether the convolution has a bias, although a normalisation that follows cancels it}
   */
  boolean bias() default true;

  /**
   * Whether a normalisation follows. The last unit and the projection of a block with {@link
   * Block#preActivation} have to do without.
   *
   * @return whether there is one
   */
  boolean batchNorm() default true;

  /**
   * What follows the normalisation, or the convolution itself: without a normalisation the default
   * is none. The last unit of a block with a shortcut and the projection have none, whatever the
   * default: {@link Block#activation} follows the addition.
   *
   * @return the function
   */
  Activation activation() default Activation.RELU;

  /**
   * {@return a gate of the activated map; only in a block, and not before an addition or at the
   * block's end}
   */
  Gate gate() default @Gate(reduce = "", expand = "");
}
