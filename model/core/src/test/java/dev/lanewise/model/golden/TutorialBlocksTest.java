package dev.lanewise.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.kernel.Scratch;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.TrainingContext;
import dev.lanewise.network.Block;
import dev.lanewise.network.BlockInference;
import dev.lanewise.network.BlockTraining;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.Golden;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Generated blocks against the numbers that the tutorials print, and whole outputs of Keras. */
class TutorialBlocksTest {
  private static final Shape IN = new Shape(3, 4, 4, 6);
  private static final double BOUND = 1e-6;

  @Test
  void identityBlock() {
    Tensor out = check("identity_f2_2_4_6", layers -> new TutorialBlocksBlock2a(layers, "2", "a"));
    assertPrinted(out, 0.94822985, 0, 1.1610144, 2.747859, 0, 1.36677);
  }

  @Test
  void convolutionalBlock() {
    Tensor out =
        check("convolutional_f2_2_4_6_s1", layers -> new TutorialBlocksBlock3a(layers, "3", "a"));
    assertPrinted(out, 0.14074254, 1.2335387, 0, 0.19140035, 0.75703484, 0.46195433);
  }

  @Test
  void convolutionalBlockWithStride() {
    check("convolutional_f2_2_4_6_s2", layers -> new TutorialBlocksBlock4a(layers, "4", "a"));
  }

  /** The tutorials print out[1][1][0]. */
  private static void assertPrinted(Tensor out, double... printed) {
    for (int c = 0; c < printed.length; c++) {
      assertThat((double) out.get(1, 1, 0, c)).isCloseTo(printed[c], within(BOUND));
    }
  }

  /** Compares a block in inference mode with Keras, fused and then folded; returns its output. */
  private static Tensor check(String golden, Function<Layers, Block> maker) {
    try (Golden file = Golden.open("keras_blocks.h5");
        WorkerPool pool = new WorkerPool(2)) {
      Layers layers = new Layers(0.99, 1e-3, BatchNorm.Mode.BY_PHASE);
      Block block = maker.apply(layers);
      layers.initialize(0, null);
      Scratch scratch = new Scratch(pool);
      TrainingContext context = new TrainingContext(scratch, () -> null);
      context.setTraining(false);
      BlockTraining unfolded = block.training(context);
      ArenaPlan plan = ArenaPlan.over(Arena.allocate(1 << 16));
      Tensor out = unfolded.planForward(plan, input(plan, file));
      unfolded.forward();
      double[] wanted = file.doubles(golden);
      assertClose(out, wanted);
      FoldedWeights weights = new FoldedWeights(layers.store(), block::fold, null);
      weights.refresh();
      BlockInference inference = block.inference(new InferenceContext(scratch, weights));
      Tensor folded = inference.planInference(plan, input(plan, file));
      inference.infer();
      assertClose(folded, wanted);
      return out;
    }
  }

  private static Tensor input(ArenaPlan plan, Golden file) {
    Tensor x = plan.acquire(IN);
    double[] values = file.doubles("x");
    for (int i = 0; i < values.length; i++) {
      x.data()[x.offset() + i] = (float) values[i];
    }
    return x;
  }

  private static void assertClose(Tensor out, double[] wanted) {
    float[] got = out.toArray();
    assertThat(got).hasSameSizeAs(wanted);
    for (int i = 0; i < got.length; i++) {
      assertThat((double) got[i]).as("value %d", i).isCloseTo(wanted[i], within(BOUND));
    }
  }
}
