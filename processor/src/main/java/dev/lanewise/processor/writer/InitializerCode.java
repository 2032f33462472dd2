package dev.lanewise.processor.writer;

import com.palantir.javapoet.CodeBlock;
import dev.lanewise.processor.spec.InitializerSpec;

/** How kernels start, as an expression. */
final class InitializerCode {
  private InitializerCode() {}

  static CodeBlock of(InitializerSpec spec) {
    boolean seeded = spec.seed() != -1;
    return switch (spec.kind()) {
      case OF_NETWORK -> throw new IllegalArgumentException("not resolved: " + spec);
      case GLOROT_UNIFORM ->
          seeded
              ? CodeBlock.of("$T.glorotUniform($LL)", Types.INITIALIZERS, spec.seed())
              : CodeBlock.of("$T.glorotUniform()", Types.INITIALIZERS);
      case RANDOM_UNIFORM ->
          seeded
              ? CodeBlock.of(
                  "$T.randomUniform($L, $L, $LL)",
                  Types.INITIALIZERS,
                  spec.min(),
                  spec.max(),
                  spec.seed())
              : CodeBlock.of(
                  "$T.randomUniform($L, $L)", Types.INITIALIZERS, spec.min(), spec.max());
      case HE_NORMAL ->
          seeded
              ? CodeBlock.of("$T.heNormal($LL)", Types.INITIALIZERS, spec.seed())
              : CodeBlock.of("$T.heNormal()", Types.INITIALIZERS);
      case HE_NORMAL_FAN_OUT ->
          seeded
              ? CodeBlock.of("$T.heNormalFanOut($LL)", Types.INITIALIZERS, spec.seed())
              : CodeBlock.of("$T.heNormalFanOut()", Types.INITIALIZERS);
      case ZEROS -> CodeBlock.of("$T.zeros()", Types.INITIALIZERS);
      case ONES -> CodeBlock.of("$T.ones()", Types.INITIALIZERS);
    };
  }
}
