package dev.lanewise.reference;

import static dev.lanewise.spec.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The residual blocks of the tutorials, f = 2 and filters 2, 4, 6, built from reference operations
 * with batch norm in inference mode, against what Keras computed.
 */
class KerasBlocksTest {
  private static final int F1 = 2;
  private static final int F2 = 4;
  private static final int F3 = 6;
  private static final Window SAME = Window.same(2, 2, 1, 1);

  @Test
  void identityBlock() {
    try (Golden golden = Golden.open("keras_blocks.h5")) {
      ReferenceTensor x = input(golden);
      ReferenceTensor out = join(mainPath(golden, x, 1), x);
      assertEqual(golden, "identity_f2_2_4_6", out);
      assertThat(Arrays.copyOfRange(out.data(), out.index(1, 1, 0, 0), out.index(1, 1, 0, 6)))
          .containsExactly(
              new double[] {0.94822985, 0, 1.1610144, 2.747859, 0, 1.36677}, within(1e-6));
    }
  }

  @Test
  void convolutionalBlockOfStrideOne() {
    try (Golden golden = Golden.open("keras_blocks.h5")) {
      ReferenceTensor out = convolutionalBlock(golden, 1);
      assertEqual(golden, "convolutional_f2_2_4_6_s1", out);
      assertThat(Arrays.copyOfRange(out.data(), out.index(1, 1, 0, 0), out.index(1, 1, 0, 6)))
          .containsExactly(
              new double[] {0.14074254, 1.2335387, 0, 0.19140035, 0.75703484, 0.46195433},
              within(1e-6));
    }
  }

  @Test
  void convolutionalBlockOfStrideTwo() {
    try (Golden golden = Golden.open("keras_blocks.h5")) {
      assertEqual(golden, "convolutional_f2_2_4_6_s2", convolutionalBlock(golden, 2));
    }
  }

  private static ReferenceTensor convolutionalBlock(Golden golden, int stride) {
    ReferenceTensor x = input(golden);
    ReferenceTensor shortcut = unit(x, kernel(golden, "1x1x6x6"), oneByOne(stride), F3);
    return join(mainPath(golden, x, stride), shortcut);
  }

  private static ReferenceTensor mainPath(Golden golden, ReferenceTensor x, int stride) {
    var a =
        ReferenceActivation.forward(RELU, unit(x, kernel(golden, "1x1x6x2"), oneByOne(stride), F1));
    var b = ReferenceActivation.forward(RELU, unit(a, kernel(golden, "2x2x2x4"), SAME, F2));
    return unit(b, kernel(golden, "1x1x4x6"), oneByOne(1), F3);
  }

  /** Convolution and batch norm with Keras's initial statistics. */
  private static ReferenceTensor unit(ReferenceTensor x, double[] kernel, Window window, int oc) {
    double[] zeros = new double[oc];
    double[] ones = new double[oc];
    Arrays.fill(ones, 1);
    var y = ReferenceConv.forward(x, kernel, zeros, window, oc);
    return ReferenceBatchNorm.infer(y, ones, zeros, zeros, ones, 1e-3);
  }

  private static ReferenceTensor join(ReferenceTensor a, ReferenceTensor b) {
    return ReferenceActivation.forward(RELU, ReferenceAdd.forward(a, b));
  }

  private static Window oneByOne(int stride) {
    return Window.valid(1, 1, stride, stride);
  }

  private static ReferenceTensor input(Golden golden) {
    return new ReferenceTensor(golden.doubles("/x"), new Shape(3, 4, 4, 6));
  }

  private static double[] kernel(Golden golden, String shape) {
    return golden.doubles("/glorot_uniform_seed0/" + shape);
  }

  private static void assertEqual(Golden golden, String name, ReferenceTensor out) {
    Shape shape = out.shape();
    assertThat(golden.shape("/" + name))
        .containsExactly(shape.n(), shape.h(), shape.w(), shape.c());
    assertThat(out.data()).as(name).containsExactly(golden.doubles("/" + name), within(1e-6));
  }
}
