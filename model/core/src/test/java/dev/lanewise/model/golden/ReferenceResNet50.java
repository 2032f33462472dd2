package dev.lanewise.model.golden;

import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.reference.ReferenceActivation;
import dev.lanewise.reference.ReferenceAdd;
import dev.lanewise.reference.ReferenceAveragePool;
import dev.lanewise.reference.ReferenceBatchNorm;
import dev.lanewise.reference.ReferenceConv;
import dev.lanewise.reference.ReferenceDense;
import dev.lanewise.reference.ReferenceMaxPool;
import dev.lanewise.reference.ReferenceSoftmax;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The network of {@link EighthResNet50}, written out in the plain double operations. The filter
 * counts are those of the weights.
 */
final class ReferenceResNet50 {
  private static final double EPSILON = 1e-3;
  private static final double MOMENTUM = 0.99;
  private static final Window POINT = Window.valid(1, 1, 1, 1);
  private static final Window MAX_POOL = Window.valid(3, 3, 2, 2);
  private static final Window AVERAGE_POOL = Window.valid(2, 2, 2, 2);

  /** Every trainable array. */
  final List<ReferenceParameter> parameters = new ArrayList<>();

  /** Moving statistics by {@code moving_mean/layer} and {@code moving_variance/layer}. */
  final Map<String, double[]> moving = new LinkedHashMap<>();

  /** What the blocks gave last, by {@code 2a} to {@code 5c}. */
  final Map<String, ReferenceTensor> blockOutputs = new LinkedHashMap<>();

  private final Function<String, double[]> initial;
  private final Unit stem;
  private final List<Block> blocks = new ArrayList<>();
  private final ReferenceParameter kernel;
  private final ReferenceParameter bias;
  private ReferenceTensor stemDst;
  private ReferenceTensor features;
  private ReferenceTensor pooled;

  /** Creates the network from initial values by their path, {@code layer/weight}. */
  ReferenceResNet50(Function<String, double[]> initial) {
    this.initial = initial;
    stem = new Unit("conv1", "bn_conv1", Window.padded(7, 7, 2, 2, 3, 3, 3, 3));
    addStage("2", "abc", 1);
    addStage("3", "abcd", 2);
    addStage("4", "abcdef", 2);
    addStage("5", "abc", 2);
    kernel = parameter("fc6/kernel");
    bias = parameter("fc6/bias");
  }

  private void addStage(String stage, String names, int stride) {
    for (int i = 0; i < names.length(); i++) {
      blocks.add(new Block(stage + names.charAt(i), i == 0, i == 0 ? stride : 1));
    }
  }

  private ReferenceParameter parameter(String path) {
    ReferenceParameter parameter = new ReferenceParameter(path, initial.apply(path));
    parameters.add(parameter);
    return parameter;
  }

  /** Returns the logits; in training by the batch's own statistics, which move the others. */
  ReferenceTensor forward(ReferenceTensor images, boolean training) {
    stemDst = ReferenceActivation.forward(RELU, stem.forward(images, training));
    ReferenceTensor x = ReferenceMaxPool.forward(stemDst, MAX_POOL);
    for (Block block : blocks) {
      x = block.forward(x, training);
      blockOutputs.put(block.name, x);
    }
    features = x;
    pooled = ReferenceAveragePool.forward(x, AVERAGE_POOL);
    return ReferenceDense.forward(pooled, kernel.values, bias.values, bias.values.length);
  }

  /** Gives every parameter its gradient of the mean loss of what went forward in training. */
  void backward(ReferenceTensor probabilities, int[] labels) {
    ReferenceTensor d = ReferenceSoftmax.backward(probabilities, labels);
    kernel.gradient = ReferenceDense.backwardWeights(pooled, d);
    bias.gradient = ReferenceDense.backwardBias(d);
    d = ReferenceDense.backwardData(d, kernel.values, pooled.shape());
    d = ReferenceAveragePool.backward(d, AVERAGE_POOL, features.shape());
    for (int i = blocks.size() - 1; i >= 0; i--) {
      d = blocks.get(i).backward(d);
    }
    d = ReferenceMaxPool.backward(stemDst, d, MAX_POOL);
    stem.backward(ReferenceActivation.backward(RELU, stemDst, d));
  }

  /** A convolution with its batch normalisation. */
  private final class Unit {
    private final Window window;
    private final ReferenceParameter kernel;
    private final ReferenceParameter bias;
    private final ReferenceParameter gamma;
    private final ReferenceParameter beta;
    private final String mean;
    private final String variance;
    private ReferenceTensor src;
    private ReferenceTensor convolved;
    private ReferenceBatchNorm.Result result;

    Unit(String conv, String norm, Window window) {
      this.window = window;
      kernel = parameter(conv + "/kernel");
      bias = parameter(conv + "/bias");
      gamma = parameter(norm + "/gamma");
      beta = parameter(norm + "/beta");
      mean = "moving_mean/" + norm;
      variance = "moving_variance/" + norm;
      moving.put(mean, initial.apply(norm + "/moving_mean"));
      moving.put(variance, initial.apply(norm + "/moving_variance"));
    }

    ReferenceTensor forward(ReferenceTensor src, boolean training) {
      this.src = src;
      int filters = bias.values.length;
      convolved = ReferenceConv.forward(src, kernel.values, bias.values, window, filters);
      if (!training) {
        return ReferenceBatchNorm.infer(
            convolved, gamma.values, beta.values, moving.get(mean), moving.get(variance), EPSILON);
      }
      result = ReferenceBatchNorm.forward(convolved, gamma.values, beta.values, EPSILON);
      moving.computeIfPresent(
          mean, (key, old) -> ReferenceBatchNorm.moved(old, result.mean(), MOMENTUM));
      moving.computeIfPresent(
          variance, (key, old) -> ReferenceBatchNorm.moved(old, result.variance(), MOMENTUM));
      return result.dst();
    }

    ReferenceTensor backward(ReferenceTensor dDst) {
      ReferenceBatchNorm.Gradients norm =
          ReferenceBatchNorm.backward(convolved, dDst, gamma.values, result, EPSILON);
      gamma.gradient = norm.dGamma();
      beta.gradient = norm.dBeta();
      kernel.gradient = ReferenceConv.backwardWeights(src, norm.dSrc(), window);
      bias.gradient = ReferenceConv.backwardBias(norm.dSrc());
      return ReferenceConv.backwardData(norm.dSrc(), kernel.values, window, src.shape());
    }
  }

  /** A bottleneck block, whose stride stands in its first convolution and in its projection. */
  private final class Block {
    private final String name;
    private final Unit first;
    private final Unit second;
    private final Unit third;
    private final Unit projection;
    private ReferenceTensor dst;

    Block(String name, boolean projected, int stride) {
      this.name = name;
      Window strided = Window.valid(1, 1, stride, stride);
      first = unit("2a", strided);
      second = unit("2b", Window.same(3, 3, 1, 1));
      third = unit("2c", POINT);
      projection = projected ? unit("1", strided) : null;
    }

    private Unit unit(String branch, Window window) {
      String end = name + "_branch" + branch;
      return new Unit("res" + end, "bn" + end, window);
    }

    ReferenceTensor forward(ReferenceTensor src, boolean training) {
      ReferenceTensor x = ReferenceActivation.forward(RELU, first.forward(src, training));
      x = ReferenceActivation.forward(RELU, second.forward(x, training));
      x = third.forward(x, training);
      ReferenceTensor shortcut = projection == null ? src : projection.forward(src, training);
      dst = ReferenceActivation.forward(RELU, ReferenceAdd.forward(x, shortcut));
      return dst;
    }

    ReferenceTensor backward(ReferenceTensor dDst) {
      ReferenceTensor dSum = ReferenceActivation.backward(RELU, dst, dDst);
      ReferenceTensor d = third.backward(ReferenceAdd.backward(dSum));
      d = second.backward(ReferenceActivation.backward(RELU, third.src, d));
      d = first.backward(ReferenceActivation.backward(RELU, second.src, d));
      return ReferenceAdd.forward(d, projection == null ? dSum : projection.backward(dSum));
    }
  }
}
