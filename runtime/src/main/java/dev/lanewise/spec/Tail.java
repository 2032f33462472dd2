package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A batch normalisation and an activation between the stages and the head of a {@link Network},
 * which {@link Block#preActivation} leaves open. It stays where a network is built without its top.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Tail {
  /** {@return the normalisation's name} */
  String batchNorm();

  /** {@return the activation's name; by default {@code activation_} and a number} */
  String activation() default "";

  /** {@return what follows the normalisation} */
  Activation function() default Activation.RELU;
}
