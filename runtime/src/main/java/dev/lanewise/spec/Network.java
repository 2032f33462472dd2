package dev.lanewise.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a network: with {@link Stem}, {@link Stage}s, {@link Head} and, if wanted, {@link Tail}
 * on the same interface. For an interface {@code ResNet50} the processor generates the class {@code
 * ResNet50Network} in the same package, a {@link dev.lanewise.network.Network}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {
  /** Channels of the input images. */
  int channels() default 3;

  /** How every batch normalisation works. */
  BatchNorm batchNorm() default @BatchNorm;

  /** How kernels start, where a block does not say otherwise. */
  Initializer initializer() default @Initializer(Initializer.Kind.GLOROT_UNIFORM);

  /** How layers are named. */
  Names names() default @Names;
}
