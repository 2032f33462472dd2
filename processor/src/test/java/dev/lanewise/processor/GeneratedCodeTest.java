package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.layer.Parameter;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs generated networks: gradients are slopes of the loss, and folding changes nothing. */
class GeneratedCodeTest {
  private static final int IMAGES = 5;
  private static final int CLASSES = 3;
  private static final int[] LABELS = {0, 1, 2, 1, 0};

  /** How far a parameter is moved, as root of the sum of squares. */
  private static final double STEP = 1e-3;

  /** What float arithmetic leaves open of a loss: some roundings, relative. */
  private static final double ROUNDING = 32 * Math.scalb(1.0, -24);

  private static WorkerPool pool;

  @BeforeAll
  static void start() {
    pool = new WorkerPool(2);
  }

  @AfterAll
  static void stop() {
    pool.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ResNet20,12",
    "EvenKernels,9",
    "Plain,19",
    "Unusual,15",
    "Numbered,9",
    "PreActivated,41",
    "Bare,12",
    "Pooled,17",
    "Heads,9",
    "HeadsOfMaps,6",
    "Grouped,17"
  })
  void gradientsAreSlopesOfTheLoss(String name, int size) throws ReflectiveOperationException {
    Network network = network(name, Compilation.read(spec(name)), size);
    TrainingPass pass = network.trainingPass(IMAGES);
    fill(pass.input());
    loss(pass);
    List<Parameter> trainable = network.parameters().stream().filter(Parameter::trainable).toList();
    List<float[]> gradients = trainable.stream().map(pass::gradient).toList();
    for (int i = 0; i < trainable.size(); i++) {
      Parameter parameter = trainable.get(i);
      float[] direction = gradients.get(i);
      double expected = norm(direction);
      if (expected == 0) {
        // As of a bias before a normalisation: then no way leads up or down.
        direction = new float[parameter.size()];
        Arrays.fill(direction, 1);
      }
      double loss = loss(pass);
      assertThat(slope(pass, parameter, direction))
          .as(name + " " + parameter.layer() + " " + parameter.name())
          .isCloseTo(expected, within(0.05 * expected + ROUNDING * loss / STEP));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ResNet20,12,'@Network(','@Network(batchNorm = @BatchNorm(mode = BatchNorm.Mode.MOVING),'",
    "EvenKernels,9,@Network,@Network(batchNorm = @BatchNorm(mode = BatchNorm.Mode.MOVING))",
    "Plain,19,momentum = 0.9,mode = BatchNorm.Mode.MOVING",
    "Unusual,15,ALWAYS_BATCH,ALWAYS_MOVING",
    "PreActivated,41,momentum = 0.9,mode = BatchNorm.Mode.MOVING",
    "Bare,14,@Network,@Network(batchNorm = @BatchNorm(mode = BatchNorm.Mode.MOVING))",
    "Numbered,9,'@Network(','@Network(batchNorm = @BatchNorm(mode = BatchNorm.Mode.MOVING),'",
    "Grouped,17,'@Network(','@Network(batchNorm = @BatchNorm(mode = BatchNorm.Mode.MOVING),'"
  })
  void foldingChangesNothing(String name, int size, String from, String to)
      throws ReflectiveOperationException {
    String always = to.replace("Mode.MOVING", "Mode.ALWAYS_MOVING");
    Network network = network(name, Compilation.read(spec(name)).replace(from, always), size);
    TrainingPass training = network.trainingPass(IMAGES);
    fill(training.input());
    training.forwardBackward(LABELS);
    float[] unfolded = training.outputs().toArray();
    InferencePass inference = network.inferencePass(IMAGES);
    fill(inference.input());
    assertThat(inference.infer().toArray()).containsExactly(unfolded, within(1e-4f));
  }

  @Test
  void numbersTheNormalisationOfABlocksInputBeforeThoseOfItsUnits()
      throws ReflectiveOperationException {
    String spec =
        Compilation.read(spec("PreActivated"))
            .replace("conv = \"{stage}_block{number}_{unit}_conv\"", "conv = \"conv2d_{serial}\"")
            .replace("\"{stage}_block{number}_{unit}_bn\"", "\"batch_normalization_{serial}\"");
    Map<String, Integer> channels = new HashMap<>();
    for (Parameter parameter : network("PreActivated", spec, 41).parameters()) {
      if (parameter.name().equals("gamma")) {
        channels.put(parameter.layer(), parameter.size());
      }
    }
    // The first block reads 7 channels, the second the first one's 18; their units have 5.
    assertThat(channels)
        .containsEntry("batch_normalization_1", 7)
        .containsEntry("batch_normalization_2", 5)
        .containsEntry("batch_normalization_3", 5)
        .containsEntry("batch_normalization_4", 18)
        .containsEntry("batch_normalization_5", 5);
  }

  /** Normalisation by the batch's own statistics has nothing to fold, and moves no statistics. */
  @Test
  void infersByTheBatchsStatisticsWhereTheSpecSaysSo() throws ReflectiveOperationException {
    String spec = Compilation.read(spec("Unusual"));
    assertThat(spec).contains("ALWAYS_BATCH");
    Network network = network("Unusual", spec, 15);
    List<float[]> before = network.parameters().stream().map(Parameter::values).toList();
    TrainingPass training = network.trainingPass(IMAGES);
    fill(training.input());
    training.forward(false);
    InferencePass inference = network.inferencePass(IMAGES);
    fill(inference.input());
    assertThat(inference.infer().toArray()).isEqualTo(training.outputs().toArray());
    List<float[]> after = network.parameters().stream().map(Parameter::values).toList();
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
    network.foldForGood();
    assertThatThrownBy(() -> network.trainingPass(IMAGES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the network is folded for good and cannot train");
    fill(inference.input());
    assertThat(inference.infer().toArray()).isEqualTo(training.outputs().toArray());
    network.freeze(name -> false);
    assertThatThrownBy(inference::input)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("layers were frozen or unfrozen");
  }

  /** Returns the slope of the loss in a direction of a parameter, by central differences. */
  private static double slope(TrainingPass pass, Parameter parameter, float[] direction) {
    double norm = norm(direction);
    float[] values = parameter.values();
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = values.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) ((1 - 2 * side) * STEP / norm * direction[i]);
      }
      parameter.setValues(moved);
      losses[side] = loss(pass);
    }
    parameter.setValues(values);
    return (losses[0] - losses[1]) / (2 * STEP);
  }

  /** Returns the loss of the same step, with the same values left out. */
  private static double loss(TrainingPass pass) {
    pass.setDropoutSeed(3);
    return pass.forwardBackward(LABELS);
  }

  private static double norm(float[] gradient) {
    double sum = 0;
    for (float g : gradient) {
      sum += (double) g * g;
    }
    return Math.sqrt(sum);
  }

  private static void fill(Tensor tensor) {
    Random random = new Random(3);
    for (int i = 0; i < tensor.shape().size(); i++) {
      tensor.data()[tensor.offset() + i] = random.nextFloat();
    }
  }

  private static Path spec(String name) {
    return Compilation.resource("good", name + ".java");
  }

  private static Network network(String name, String spec, int size)
      throws ReflectiveOperationException {
    Compilation compilation =
        Compilation.of(Map.of(name + ".java", spec), List.of(), new LanewiseProcessor());
    assertThat(compilation.diagnostics()).isEmpty();
    Class<?> type = new Loader(compilation.classes()).loadClass("good." + name + "Network");
    var options = new NetworkOptions(size, size + 1, CLASSES, 1, null, pool);
    Network network = (Network) type.getConstructor(NetworkOptions.class).newInstance(options);
    Random random = new Random(2);
    for (Parameter parameter : network.parameters()) {
      // Nothing stays at an initial value of zero or one, which could hide a mistake.
      float[] values = parameter.values();
      for (int i = 0; i < values.length; i++) {
        double noise = 0.2 * random.nextGaussian();
        values[i] += (float) (parameter.trainable() ? noise : Math.abs(noise));
      }
      parameter.setValues(values);
    }
    return network;
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(Network.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
