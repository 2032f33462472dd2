package dev.lanewise.spec;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The patterns of layer names. Placeholders stand in braces:
 *
 * <ul>
 *   <li>{@code {stage}}: the stage's name, in which the block may be counted already;
 *   <li>{@code {block}}, {@code {number}} or {@code {index}}: the block's letter (from {@link
 *       Stage#firstBlock} on), its number from 1, or its index from 0. All patterns of a network
 *       use the same one of the three; letters limit a stage to 26 blocks;
 *   <li>{@code {unit}}: the unit's name;
 *   <li>{@code {serial}}: the number from 1 of the convolution, or of the normalisation, in the
 *       order in which they are made: stem, then of each block the normalisation with which it
 *       begins, if any, the units and the projection. Only in the patterns of convolutions and
 *       normalisations;
 *   <li>{@code {position}}: the place, from 0, of the convolution or normalisation in the trunk, as
 *       PyTorch counts the modules of a {@code Sequential}: convolutions, normalisations,
 *       activations and poolings. Only in these patterns, and where no block has a shortcut.
 * </ul>
 *
 * <p>An empty pattern leaves the name to Keras's numbers: {@code activation_1}, {@code add_1},
 * {@code zero_padding2d_1}.
 */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Names {
  /** {@return the pattern for convolutions of blocks} */
  String conv() default "res{stage}{block}_branch{unit}";

  /** {@return the pattern for batch normalisations of blocks} */
  String batchNorm() default "bn{stage}{block}_branch{unit}";

  /** {@return the pattern for convolutions of projections; by default as {@link #conv}} */
  String projectionConv() default "";

  /**
   * {@return the pattern for batch normalisations of projections; by default as {@link #batchNorm}}
   */
  String projectionBatchNorm() default "";

  /** {@return the pattern for activations that follow the units of blocks} */
  String activation() default "";

  /**
   * {@return the pattern for zero paddings before convolutions of blocks whose padding is explicit}
   */
  String padding() default "";

  /** {@return the pattern for additions at the end of blocks; without {@code {unit}}} */
  String add() default "";

  /** {@return the pattern for activations that follow the additions; without {@code {unit}}} */
  String output() default "";

  /**
   * {@return the pattern for batch normalisations of the stem, where only {@code {unit}} is known}
   */
  String stemBatchNorm() default "bn_{unit}";

  /** {@return the pattern for activations of the stem, where only {@code {unit}} is known} */
  String stemActivation() default "";

  /**
   * {@return the pattern for zero paddings of the stem's convolutions, where only {@code {unit}} is
   * known}
   */
  String stemPadding() default "";
}
