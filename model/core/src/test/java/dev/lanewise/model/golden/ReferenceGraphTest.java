package dev.lanewise.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.NetworkFactory;
import dev.lanewise.model.Networks;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceSoftmax;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.AllocatedBytes;
import dev.lanewise.testing.Values;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Philox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated networks against their own description, interpreted in plain double operations. */
@Execution(ExecutionMode.CONCURRENT)
class ReferenceGraphTest {
  private static final int IMAGES = 3;
  private static final int[] LABELS = {1, 0, 2};

  /** Of what dropouts leave out. */
  private static final long SEED = 77;

  /** Frozen: nothing, all normalisations, the lower part, the upper part, or single layers. */
  @ParameterizedTest
  @CsvSource({
    "mixed, 40, none, 2e-4",
    "mixed, 37, .*bn.*, 2e-4",
    "mixed, 40, conv.|bn_conv.|(res|bn)[2-4].*, 2e-4",
    "mixed, 33, (res|bn)[4-8].*|post_bn|fc3, 2e-4",
    "bare, 40, none, 2e-4",
    "bare, 37, .*bn.*, 2e-4",
    "bare, 40, conv.|(res|bn)[2-4].*, 2e-4",
    "bare, 33, (res|bn)[4-7].*|fc3, 2e-4",
    "pooled, 50, none, 2e-4",
    "pooled, 47, .*bn.*|bn.*, 2e-4",
    "pooled, 50, conv1|bn_conv1|(res|bn)[2-4].*, 2e-4",
    "narrowvgg, 20, none, 2e-4",
    "narrowvgg, 17, fc1|fc3, 2e-4",
    "narrowvgg, 20, conv1|res2.*, 2e-4",
    "narrowvgg, 20, conv1|res2.*|fc[12], 2e-4",
    "narrowv2, 75, none, 2e-4",
    "narrowv2, 75, .*bn.*, 2e-4",
    "narrowv2, 75, conv1|(res|bn)[23].*, 2e-4",
    "narrowv2, 75, (res|bn)4.*|post_bn|fc3, 2e-4",
    "narrowv2, 75, conv1|(res|bn)2.*(preact|1), 2e-4",
    "mixedgroups, 33, none, 5e-4",
    "mixedgroups, 36, .*norm.*, 5e-4",
    "gatedsums, 53, none, 2e-4",
    "gatedsums, 50, .*norm|.*down.2, 2e-3",
    "gatedsums, 53, stem|[23]..*, 2e-4",
    "gatedsums, 50, .*fc1|7.*|last, 2e-4",
    "mixedgroups, 33, stem.*|features.1.*, 5e-4",
    "growing, 21, none, 2e-4",
    "growing, 18, .*norm.*|last, 1e-3",
    "growing, 21, stem|dense1.1.*, 2e-4",
    "growing, 21, stem.*|(dense1|transition).*, 2e-4",
    "growing, 18, dense[234].*|last, 2e-4",
    "growing, 18, dense1.2..*|dense2.2.norm1, 2e-4",
    "cifarresnet20, 32, none, 2e-4",
    "cifarresnet20, 32, conv2d_.|batch_normalization_[1-9], 2e-4",
    "cifarresnet20, 32, batch.*, 2e-4"
  })
  void trainsAsThePlainOperations(String name, int size, String frozen, double bound) {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = network(name, size, 3, pool);
      network.freeze(layer -> layer.matches(frozen));
      ReferenceGraph reference = new ReferenceGraph(network);
      TrainingPass pass = network.trainingPass(IMAGES);
      Tensor input = pass.input();
      pass.setDropoutSeed(SEED);
      reference.masks.putAll(masks(network.layerInfos()));
      ReferenceTensor logits = reference.forward(fill(input), true);
      double loss = pass.forwardBackward(LABELS);
      assertThat(loss).isCloseTo(ReferenceSoftmax.loss(logits, LABELS), within(bound));
      Values.assertClose(
          "probabilities",
          pass.outputs().toArray(),
          ReferenceSoftmax.forward(logits).data(),
          bound);
      reference.backward(LABELS);
      for (Parameter parameter : network.parameters()) {
        String path = parameter.layer() + "/" + parameter.name();
        double[] wanted = reference.gradients.get(path);
        if (parameter.trainable() && !parameter.frozen() && norm(wanted) > 1e-9) {
          Values.assertClose(path, pass.gradient(parameter), wanted, 10 * bound);
        }
      }
    }
  }

  /** Folded, and unfolded. */
  @ParameterizedTest
  @CsvSource({
    "mixed, 40, 3",
    "mixed, 37, 5",
    "bare, 40, 3",
    "pooled, 50, 3",
    "narrowvgg, 21, 3",
    "narrowv2, 75, 3",
    "cifarresnet20, 32, 10",
    "kerasresnet50v2, 40, 5",
    "kerasresnet50, 40, 5",
    "resnet50linearstem, 64, 6",
    "torchresnet18, 40, 5",
    "torchresnet50, 36, 5",
    "torchresnext50, 36, 5",
    "timmseresnet50, 36, 5",
    "timmresnet50d, 37, 5",
    "kerasefficientnetb0, 40, 5",
    "torchdensenet121, 33, 5",
    "kerasdensenet121, 36, 5",
    "torchmobilenetv2, 40, 5",
    "kerasmobilenetv2, 40, 5",
    "torchmobilenetv3, 40, 5",
    "torchefficientnetb0, 40, 5",
    "mixedgroups, 33, 5",
    "gatedsums, 53, 5",
    "growing, 21, 5",
    "kerasvgg16, 32, 5",
    "torchvgg16bn, 32, 5"
  })
  void infersAsThePlainOperations(String name, int size, int classes) {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = network(name, size, classes, pool);
      ReferenceGraph reference = new ReferenceGraph(network);
      InferencePass inference = network.inferencePass(1);
      Tensor input = inference.input();
      ReferenceTensor images = fill(input);
      double[] wanted = ReferenceSoftmax.forward(reference.forward(images, false)).data();
      Values.assertClose("folded", inference.infer().toArray(), wanted, 1e-4);
      TrainingPass training = network.trainingPass(1);
      fill(training.input());
      training.forward(false);
      Values.assertClose("unfolded", training.outputs().toArray(), wanted, 1e-4);
    }
  }

  @Test
  void infersTheLastMapWithoutItsTop() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = network("narrowv2", 75, 0, pool);
      InferencePass pass = network.inferencePass(2);
      ReferenceTensor wanted = new ReferenceGraph(network).forward(fill(pass.input()), false);
      Tensor got = pass.infer();
      assertThat(got.shape()).isEqualTo(wanted.shape());
      Values.assertClose("last map", got.toArray(), wanted.data(), 1e-4);
    }
  }

  /** Of all channels, so that kernels are soon compiled. */
  @Test
  void allocatesNothingInAStep() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = network("kerasresnet50v2", 33, 3, pool);
      TrainingPass pass = network.trainingPass(IMAGES);
      fill(pass.input());
      Adam adam = new Adam(1e-4);
      long bytes =
          AllocatedBytes.leastOf(
              400,
              () -> {
                pass.forwardBackward(LABELS);
                pass.update(adam);
              });
      assertThat(bytes).isLessThan(500);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mixed, 40",
    "bare, 40",
    "pooled, 50",
    "narrowvgg, 20",
    "narrowv2, 47",
    "cifarresnet20, 32",
    "mixedgroups, 33",
    "gatedsums, 33",
    "growing, 18"
  })
  void hasTheSameBitsOnAnyNumberOfThreads(String name, int size) {
    List<float[]> results = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        Network network = network(name, size, 3, pool);
        TrainingPass pass = network.trainingPass(IMAGES);
        fill(pass.input());
        pass.forwardBackward(LABELS);
        for (Parameter parameter : network.parameters()) {
          results.add(parameter.trainable() ? pass.gradient(parameter) : parameter.values());
        }
      }
    }
    int each = results.size() / 3;
    for (int i = each; i < results.size(); i++) {
      assertThat(results.get(i)).isEqualTo(results.get(i % each));
    }
  }

  private static Network network(String name, int size, int classes, WorkerPool pool) {
    NetworkFactory factory =
        switch (name) {
          case "mixed" -> MixedActivationsNetwork::new;
          case "pooled" -> PooledStagesNetwork::new;
          case "narrowvgg" -> NarrowVggNetwork::new;
          case "bare" -> BareUnitsNetwork::new;
          case "narrowv2" -> NarrowV2Network::new;
          case "mixedgroups" -> MixedGroupsNetwork::new;
          case "gatedsums" -> GatedSumsNetwork::new;
          case "growing" -> GrowingNetwork::new;
          default -> Networks.factory(name);
        };
    Network network = factory.create(new NetworkOptions(size, size, classes, 1, null, pool));
    SplittableRandom random = new SplittableRandom(5);
    for (Parameter parameter : network.parameters()) {
      // Nothing stays at an initial value of zero or one, which could hide a mistake.
      if (!parameter.name().equals("kernel")) {
        float[] values = parameter.values();
        for (int i = 0; i < values.length; i++) {
          values[i] += (float) (0.2 * random.nextDouble());
        }
        parameter.setValues(values);
      }
    }
    return network;
  }

  /** What a batch's dropouts do by a seed, drawn value by value. */
  private static Map<String, double[]> masks(List<LayerInfo> layers) {
    Map<String, double[]> masks = new HashMap<>();
    int[] words = new int[4];
    for (LayerInfo layer : layers) {
      if (layer.config() instanceof LayerConfig.Dropout dropout) {
        Philox philox = new Philox(SEED, masks.size() + 1);
        double[] factors = new double[IMAGES * layer.outputShape().get(0)];
        for (int i = 0; i < factors.length; i++) {
          philox.words(i / 4, words);
          double drawn = Integer.toUnsignedLong(words[i % 4]) / 0x1p32;
          factors[i] = drawn < dropout.rate() ? 0 : 1 / (1 - dropout.rate());
        }
        masks.put(layer.name(), factors);
      }
    }
    return masks;
  }

  private static ReferenceTensor fill(Tensor input) {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < input.shape().size(); i++) {
      input.data()[input.offset() + i] = random.nextInt(256) / 255f;
    }
    return ReferenceTensor.of(input);
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
