package dev.lanewise.spec;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A dense layer with bias between the last map and the {@link Head}'s own dense layer. */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Dense {
  /** {@return the layer's whole name} */
  String name();

  /** {@return the number of outputs} */
  int units();

  /**
   * {@return the whole name of a batch normalisation between the layer and its activation; empty
   * for none}
   */
  String batchNorm() default "";

  /** {@return what follows} */
  Activation activation() default Activation.RELU;

  /**
   * {@return the rate of a dropout in front of the layer: the chance, from 0 to below 1, that one
   * of the values it reads is left out in training}
   */
  double dropout() default 0;
}
