package dev.lanewise.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The patterns of layer names. {@code {stage}}, {@code {block}} and {@code {unit}} stand for the
 * stage's name, the block's letter and the unit's name.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Names {
  /** Convolutions of blocks. */
  String conv() default "res{stage}{block}_branch{unit}";

  /** Batch normalisations of blocks. */
  String batchNorm() default "bn{stage}{block}_branch{unit}";

  /** Batch normalisations of the stem, where only {@code {unit}} is known. */
  String stemBatchNorm() default "bn_{unit}";
}
