package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What stands between the stages and the head of a {@link Network}: units, or the batch
 * normalisation and the activation that {@link Block#preActivation} leaves open. It stays where a
 * network is built without its top.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Tail {
  /** {@return the units, which are named as those of a stem; given instead of the others} */
  ConvBn[] conv() default {};

  /**
   * The filters of the units, one number for each: of those that {@link Network#like} has, where
   * nothing else of them differs.
   *
   * @return the numbers; none where the units say theirs
   */
  int[] filters() default {};

  /** {@return the normalisation's name} */
  String batchNorm() default "";

  /** {@return the activation's name; by default {@code activation_} and a number} */
  String activation() default "";

  /** {@return what follows the normalisation} */
  Activation function() default Activation.RELU;
}
