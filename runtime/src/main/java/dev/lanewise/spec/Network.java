package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a network: with {@link Stem}, {@link Stage}s or {@link EachStage}, {@link Head} and, if
 * wanted, {@link Tail} on the same interface. For an interface {@code ResNet50} the processor
 * generates the class {@code ResNet50Network} in the same package, a {@link
 * dev.lanewise.network.Network}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {
  /**
   * Another network, from which this one takes what it does not say itself: members of this
   * annotation, {@link Stem}, {@link Tail} and {@link Head} or members of them, and {@link Stage}s
   * or members of them. A stage says what it changes in the other's stage of the same name (and
   * {@link Stage#firstBlock}); {@link EachStage} changes all of them. A value that is given
   * replaces the other's as a whole. What the other network has cannot be left out.
   *
   * @return the interface that declares the other network
   */
  Class<?> like() default void.class;

  /** {@return the channels of the input images} */
  int channels() default 3;

  /** {@return how every batch normalisation works} */
  BatchNorm batchNorm() default @BatchNorm;

  /** {@return how kernels start, where a block does not say otherwise} */
  Initializer initializer() default @Initializer(Initializer.Kind.GLOROT_UNIFORM);

  /** {@return how layers are named} */
  Names names() default @Names;
}
