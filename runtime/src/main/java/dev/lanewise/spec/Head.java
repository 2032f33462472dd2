package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What follows the stages: pooling, flatten, dense layers, and a last one with softmax. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Head {
  /** {@return the pooling of the last map} */
  Pool pool() default @Pool(Pool.Kind.NONE);

  /** {@return dense layers in front of the last one, in order} */
  Dense[] hidden() default {};

  /**
   * {@return the rate of a dropout in front of the last dense layer: the chance, from 0 to below 1,
   * that one of the values it reads is left out in training}
   */
  double dropout() default 0;

  /** {@return the last dense layer's name; {@code {classes}} stands for the class count} */
  String dense() default "fc{classes}";

  /** {@return how the dense kernels start; by default as the network says} */
  Initializer initializer() default @Initializer(Initializer.Kind.OF_NETWORK);
}
