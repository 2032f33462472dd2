package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What comes before the stages. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Stem {
  /**
   * The units, in order; their names are whole layer names. Required, but where {@link
   * Network#like} has them.
   *
   * @return the units
   */
  ConvBn[] conv() default {};

  /**
   * The filters of the units, one number for each: of those that {@link Network#like} has, where
   * nothing else of them differs.
   *
   * @return the numbers; none where the units say theirs
   */
  int[] filters() default {};

  /** {@return the pooling that follows the units} */
  Pool pool() default @Pool(Pool.Kind.NONE);
}
