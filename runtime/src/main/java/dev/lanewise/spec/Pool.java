package dev.lanewise.spec;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A pooling layer. */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Pool {
  /** {@return what is taken of each window} */
  Kind value();

  /**
   * The layer's name; by default Keras's, with the number of the network's unnamed pool of this
   * kind: {@code max_pooling2d_1}.
   *
   * @return the layer's whole name
   */
  String name() default "";

  /**
   * {@return the window size in pixels: one number or {height, width}; not given where the pooling
   * is global}
   */
  int[] size() default {};

  /** {@return the stride in pixels: one number or {height, width}; by default the window size} */
  int[] stride() default {};

  /**
   * How the border is treated; padded places count neither for a maximum, but for {@link #zeros},
   * nor for an average.
   *
   * @return how the border is treated
   */
  Padding padding() default Padding.VALID;

  /**
   * {@return the pixels for {@link Padding#EXPLICIT}: {all}, {height, width} or {top, bottom, left,
   * right}}
   */
  int[] pad() default {};

  /**
   * Whether explicit padding counts in a maximum as zeros, as Keras's ZeroPadding2D before the
   * pooling makes it. It makes no difference after an activation that is never negative, as ReLU.
   *
   * @return whether padded places are zeros
   */
  boolean zeros() default false;

  /** {@return the name of that ZeroPadding2D; by default {@code zero_padding2d_} and a number} */
  String padName() default "";

  /** What is taken of each window. */
  enum Kind {
    /** No pooling layer. */
    NONE,
    /** The largest value. */
    MAX,
    /** The average of the places inside the input. */
    AVERAGE,
    /** The average of the whole map. */
    GLOBAL_AVERAGE
  }
}
