package dev.lanewise.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.norm.JoinKernel;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link FusedBlock}: a residual block in fused calls, and in plain operations. */
class FusedBlockTest {
  @ParameterizedTest
  @CsvSource({
    "5, 7, 1, false",
    "5, 7, 2, false",
    "16, 16, 1, true",
    "19, 70, 2, false",
    "66, 66, 1, true",
  })
  void agreesWithPlainOperations(int ic, int oc, int stride, boolean identity) {
    try (WorkerPool pool = new WorkerPool(2)) {
      new FusedBlock(pool, ic, oc, stride, identity, Mode.BY_PHASE).check();
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 7, 2, false", "20, 20, 1, true"})
  void agreesWhereStatisticsAreStored(int ic, int oc, int stride, boolean identity) {
    try (WorkerPool pool = new WorkerPool(2)) {
      new FusedBlock(pool, ic, oc, stride, identity, Mode.ALWAYS_MOVING).check();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bna", "bnb", "bnp", "a", "b,bnb", "a,bna,p,bnp", "bna,bnb,bnp", "a,b,p,bnb", "c"})
  void agreesWhereLayersAreFrozen(String frozen) {
    List<String> names = List.of(frozen.split(","));
    try (WorkerPool pool = new WorkerPool(2)) {
      for (Mode mode : Mode.values()) {
        FusedBlock projection = new FusedBlock(pool, 5, 19, 2, false, mode);
        projection.layers.freeze(names::contains);
        projection.check();
        FusedBlock identity = new FusedBlock(pool, 20, 20, 1, true, mode);
        identity.layers.freeze(names::contains);
        identity.check();
      }
    }
  }

  @Test
  void formsNoGradientThatNoOneReads() {
    try (WorkerPool pool = new WorkerPool(1)) {
      FusedBlock fused = new FusedBlock(pool, 5, 7, 1, false, Mode.BY_PHASE);
      fused.layers.freeze(name -> !name.equals("c"));
      fused.inputTrained = false;
      Tensor[] untouched = {fused.dOut, fused.dza, fused.dx};
      for (Tensor gradient : untouched) {
        Arrays.fill(gradient.data(), 42);
      }
      fused.run();
      for (Tensor gradient : untouched) {
        assertThat(gradient.data()).containsOnly(42f);
      }
      float[] gradients = fused.gradients;
      int kernel = fused.c.kernel().offset();
      for (int i = 0; i < kernel; i++) {
        assertThat(gradients[i]).as("gradient %d", i).isZero();
      }
      assertThat(fused.c.kernel().valuesIn(gradients)).doesNotContain(0f);
    }
  }

  @Test
  void hasTheSameBitsOnAnyNumberOfThreads() {
    List<float[]> results = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        FusedBlock fused = new FusedBlock(pool, 19, 70, 2, false, Mode.BY_PHASE);
        fused.run();
        results.add(fused.dx.toArray());
        results.add(fused.gradients);
      }
    }
    for (int i = 2; i < results.size(); i++) {
      assertThat(results.get(i)).isEqualTo(results.get(i % 2));
    }
  }

  /** Of values that spread over the kinks of all of them. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void agreesForEveryActivation(Activation activation) {
    try (WorkerPool pool = new WorkerPool(2)) {
      for (Mode mode : Mode.values()) {
        for (FusedBlock block : blocks(pool, ConvAlgorithm.DIRECT, mode, activation)) {
          block.check();
        }
        for (FusedBlock block : blocks(pool, ConvAlgorithm.WINOGRAD_2, mode, activation)) {
          block.checkNorms();
        }
        for (FusedBlock block : blocks(pool, ConvAlgorithm.WINOGRAD_4, mode, activation)) {
          block.checkNorms();
        }
      }
    }
  }

  private static List<FusedBlock> blocks(
      WorkerPool pool, ConvAlgorithm algorithm, Mode mode, Activation activation) {
    return List.of(
        block(pool, algorithm, 5, 7, 2, false, mode, activation),
        block(pool, algorithm, 19, 70, 1, false, mode, activation),
        block(pool, algorithm, 20, 20, 1, true, mode, activation),
        block(pool, algorithm, 66, 66, 1, true, mode, activation));
  }

  /** The same block with folded weights, and convolutions that end in the activation. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void infersForEveryActivation(Activation activation) {
    Mode mode = Mode.ALWAYS_MOVING;
    try (WorkerPool pool = new WorkerPool(2)) {
      for (ConvAlgorithm algorithm : ConvAlgorithm.values()) {
        blocks(pool, algorithm, mode, activation).forEach(FusedBlock::checkInference);
      }
    }
  }

  private static FusedBlock block(
      WorkerPool pool,
      ConvAlgorithm algorithm,
      int ic,
      int oc,
      int stride,
      boolean identity,
      Mode mode,
      Activation activation) {
    return new FusedBlock(pool, algorithm, ic, oc, stride, identity, mode, activation, 5);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void hasTheSameBitsOfEveryActivationOnAnyNumberOfThreads(Activation activation) {
    ConvAlgorithm auto = ConvAlgorithm.AUTO;
    List<float[]> results = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3, 16}) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        FusedBlock fused = block(pool, auto, 19, 70, 2, false, Mode.BY_PHASE, activation);
        fused.run();
        results.add(fused.dx.toArray());
        results.add(fused.gradients);
      }
    }
    for (int i = 2; i < results.size(); i++) {
      assertThat(results.get(i)).isEqualTo(results.get(i % 2));
    }
  }

  /** What is added may stand where the sum will, unless the derivative needs it again. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void refusesToLoseAShortcutThatIsNeededAgain(Activation activation) {
    try (WorkerPool pool = new WorkerPool(1)) {
      Scratch scratch = new Scratch(pool);
      NormState norm = new NormState(5);
      Pointwise function = PointwiseFunctions.of(activation);
      Tensor y = Tensor.zeros(new Shape(1, 2, 2, 5));
      Tensor out = Tensor.zeros(y.shape());
      if (activation.resultTellsDerivative()) {
        new JoinKernel(scratch, norm, y, null, null, out, function, out).forward();
      } else {
        assertThatThrownBy(() -> new JoinKernel(scratch, norm, y, null, null, out, function, out))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("requires a shortcut that out does not overwrite");
      }
    }
  }
}
