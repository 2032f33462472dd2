package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What follows the stages: pooling, flatten, and a dense layer with softmax. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Head {
  /** {@return the pooling of the last map} */
  Pool pool() default @Pool(Pool.Kind.NONE);

  /** {@return the dense layer's name; {@code {classes}} stands for the class count} */
  String dense() default "fc{classes}";

  /** {@return how the dense kernel starts; by default as the network says} */
  Initializer initializer() default @Initializer(Initializer.Kind.OF_NETWORK);
}
