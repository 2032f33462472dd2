package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A row of blocks of one kind; one of them may have a stride, the others have stride 1. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Stages.class)
public @interface Stage {
  /**
   * The stage's name in the name patterns: {@code "3"}. Where networks count blocks through all
   * stages it has {@code {ordinal}}, the block's number in the network from 1, or {@code {before}},
   * the number of blocks before it: {@code "features.{ordinal}"}. Several stages may then have the
   * same name. {@code {number}} is the block's number in the stage, from 1.
   *
   * @return the name
   */
  String name();

  /**
   * {@return the interface that carries the {@link Block}; required, but where {@link Network#like}
   * has it}
   */
  Class<?> block() default void.class;

  /** {@return the filter counts, for the units that take theirs by {@link ConvBn#filtersAt}} */
  int[] filters() default {};

  /** {@return the window of the units that take {@link Kernel#OF_STAGE}: height and width} */
  int kernel() default 0;

  /** {@return the multiple of the units that take {@link Expansion#OF_STAGE}} */
  int expansion() default 0;

  /** {@return the number of blocks} */
  int repeat() default 1;

  /** {@return the stride of one block, in pixels} */
  int stride() default 1;

  /** {@return the pooling of what the last block makes: MAX or AVERAGE} */
  Pool pool() default @Pool(Pool.Kind.NONE);

  /** {@return which block has the stride} */
  StrideAt strideAt() default StrideAt.FIRST;

  /** Which block of a stage has the stage's stride. */
  enum StrideAt {
    /** The first. */
    FIRST,
    /** The last, as in Keras's pre-activation networks. */
    LAST
  }

  /**
   * The first block's letter. Two stages of the same name can so share one row of names: one
   * declares block a, the next goes on from b. Only where {@link Names} uses {@code {block}}.
   *
   * @return a letter or a digit
   */
  char firstBlock() default 'a';
}
