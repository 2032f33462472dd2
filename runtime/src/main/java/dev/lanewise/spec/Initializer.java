package dev.lanewise.spec;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How kernels start, after Keras's initialisers. Biases start at zero. */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Initializer {
  /** {@return the distribution} */
  Kind value();

  /** {@return the least value of {@link Kind#RANDOM_UNIFORM}} */
  double min() default -0.05;

  /** {@return the largest value of {@link Kind#RANDOM_UNIFORM}} */
  double max() default 0.05;

  /**
   * {@return the seed of every kernel; -1 gives each kernel a seed of its own, derived from the
   * network's seed and the layer's name}
   */
  long seed() default -1;

  /** The distributions. */
  enum Kind {
    /** As the network declares. */
    OF_NETWORK,
    /** Uniform within sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010). */
    GLOROT_UNIFORM,
    /** Uniform between {@link #min} and {@link #max}. */
    RANDOM_UNIFORM,
    /** Normal, cut at two standard deviations, of variance 2 / fan in (He et al. 2015). */
    HE_NORMAL,
    /** As HE_NORMAL, of variance 2 / fan out, as torchvision's ResNets start. */
    HE_NORMAL_FAN_OUT,
    /** All zero. */
    ZEROS,
    /** All one. */
    ONES
  }
}
