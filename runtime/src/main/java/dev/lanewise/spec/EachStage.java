package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What differs from stage to stage, as arrays with a value for each stage, in order. Beside {@link
 * Stage}s, or with {@link Network#like}, it says what they leave open or what differs from the
 * other network: {@code @EachStage(repeats = {3, 4, 23, 3})} makes a ResNet101 of a ResNet50. With
 * {@link #names} it declares the stages itself. An array that is not given says nothing.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface EachStage {
  /**
   * {@return each stage's {@link Stage#name}, or one for all stages, which counts their blocks;
   * given where no {@link Stage} declares one, and the network is not like another}
   */
  String[] names() default {};

  /** {@return each stage's {@link Stage#block}; or one for all stages} */
  Class<?>[] blocks() default {};

  /**
   * {@return each stage's {@link Stage#filters}, one stage's after the other's, as many for each:
   * {@code {64, 256, 128, 512}} are {@code {64, 256}} and {@code {128, 512}} where there are two}
   */
  int[] filters() default {};

  /** {@return each stage's {@link Stage#repeat}} */
  int[] repeats() default {};

  /** {@return each stage's {@link Stage#stride}} */
  int[] strides() default {};

  /** {@return each stage's {@link Stage#kernel}} */
  int[] kernels() default {};

  /** {@return each stage's {@link Stage#expansion}} */
  int[] expansions() default {};
}
