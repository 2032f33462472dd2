package dev.lanewise.kernel.norm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Tiles;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceBatchNorm;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.Values;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both passes that form the gradient of what was normalised: beside it, and where it lay. */
class MapGradientTest {
  private final WorkerPool pool = new WorkerPool(2);
  private final Scratch scratch = new Scratch(pool);
  private final SplittableRandom random = new SplittableRandom(1);

  @AfterEach
  void closePool() {
    pool.close();
  }

  /** A map, the gradient of its normalised values, and the reference's gradients of it. */
  private final class Case {
    private final Tensor x;
    private final Tensor dz;
    private final Normalization norm;
    private final ReferenceBatchNorm.Gradients wanted;

    Case(int channels) {
      Shape shape = new Shape(2, 9, 13, channels);
      x = Values.normal(random, shape);
      dz = Values.normal(random, shape);
      norm = new Normalization(channels, random);
      new MapStatistics(scratch, norm.state).run(x);
      norm.finishStatistics();
      Pointwise none = PointwiseFunctions.of(Activation.NONE);
      Tensor stored = Tensor.zeros(shape);
      Tiles.feed(new UnitGradientEpilogue(norm.state, x, none), dz, stored, null);
      assertThat(stored.data()).isEqualTo(dz.data());
      norm.finishGradients();
      ReferenceTensor reference = ReferenceTensor.of(x);
      wanted =
          ReferenceBatchNorm.backward(
              reference,
              ReferenceTensor.of(dz),
              ReferenceTensor.doubles(norm.gamma),
              norm.reference(reference),
              Normalization.EPSILON);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void sumsAreThoseOfTheParameters(int channels) {
    Case c = new Case(channels);
    double bound = 1e-6 * c.x.shape().pixels();
    for (int i = 0; i < channels; i++) {
      assertThat((double) c.norm.dGamma[i]).isCloseTo(c.wanted.dGamma()[i], within(bound));
      assertThat((double) c.norm.dBeta[i]).isCloseTo(c.wanted.dBeta()[i], within(bound));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void leavesTheMapAsItIs(int channels) {
    Case c = new Case(channels);
    float[] before = c.x.toArray();
    Tensor dx = Tensor.zeros(c.x.shape());
    Arrays.fill(dx.data(), Float.NaN);
    new MapGradient(scratch, c.norm.state).run(c.dz, c.x, null, dx, null);
    Values.assertClose("dx", dx.toArray(), c.wanted.dSrc().data(), 2e-6);
    assertThat(c.x.toArray()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void addsAnotherGradientAndMayOverwriteIt(int channels) {
    Case c = new Case(channels);
    Tensor addend = Values.normal(random, c.x.shape());
    double[] wanted = c.wanted.dSrc().data();
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] += addend.data()[i];
    }
    new MapGradient(scratch, c.norm.state).run(c.dz, c.x, addend, addend, null);
    Values.assertClose("dx", addend.toArray(), wanted, 2e-6);
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void mayOverwriteTheGradientThatItReads(int channels) {
    Case c = new Case(channels);
    new MapGradient(scratch, c.norm.state).run(c.dz, c.x, null, c.dz, null);
    Values.assertClose("dx", c.dz.toArray(), c.wanted.dSrc().data(), 2e-6);
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void hasTheBitsOfThePassThatOverwritesTheMap(int channels) {
    Case c = new Case(channels);
    Tensor dx = Tensor.zeros(c.x.shape());
    new MapGradient(scratch, c.norm.state).run(c.dz, c.x, null, dx, null);
    new InputGradientFormation(scratch, c.norm.state).run(c.dz, c.x);
    assertThat(c.x.toArray()).isEqualTo(dx.toArray());
  }
}
