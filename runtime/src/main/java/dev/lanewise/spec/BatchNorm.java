package dev.lanewise.spec;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Batch normalisation (Ioffe and Szegedy 2015) with Keras's conventions and defaults. */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface BatchNorm {
  /** {@return the weight of the old value in the moving statistics, at least 0 and less than 1} */
  double momentum() default 0.99;

  /** {@return what is added to the variance, a positive number} */
  double epsilon() default 1e-3;

  /** {@return which statistics normalise} */
  Mode mode() default Mode.BY_PHASE;

  /** Which statistics normalise. */
  enum Mode {
    /** The batch's while training, the moving ones in inference. */
    BY_PHASE,
    /** The batch's, in inference too (Keras's {@code training=True}). */
    ALWAYS_BATCH,
    /** The moving ones, while training too (Keras's {@code training=False}). */
    ALWAYS_MOVING
  }
}
